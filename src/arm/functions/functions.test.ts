import { describe, expect, test } from 'vitest';
import { ArmError } from '../arm-error.ts';
import { functionNames } from './table.ts';
import { evaluated, subscription } from './test-evaluate.ts';

/*
 * Expected values are the outputs that Microsoft's pages tabulate; the page is named with each group: learn.microsoft.com,
 * azure/azure-resource-manager/templates/template-functions-*, and azure/azure-resource-manager/bicep/bicep-functions-* where the
 * other has none. "Bicep tests" are the vectors of Azure/bicep's FunctionResolverTests.
 */
type Row = readonly [expression: string, expected: unknown, given?: Parameters<typeof evaluated>[1]];

const abc = { parameters: { o: { one: 'a', two: 'b', three: 'c' }, a: ['one', 'two', 'three'], s: 'OneTwoThree' } };
const unionGiven = {
  variables: {
    firstObject: { property: { one: 'a', two: 'b', three: 'c1' }, nestedArray: [1, 2] },
    secondObject: { property: { three: 'c2', four: 'd', five: 'e' }, nestedArray: [3, 4] },
    firstArray: [['one', 'two'], ['three']],
    secondArray: [['three'], ['four', 'two']],
  },
};
const dogs = [
  { name: 'Evie', age: 5, interests: ['Ball', 'Frisbee'] },
  { name: 'Casper', age: 3, interests: ['Other dogs'] },
  { name: 'Indy', age: 2, interests: ['Butter'] },
  { name: 'Kira', age: 8, interests: ['Rubs'] },
];
const dogsGiven = { variables: { dogs } };
const tested = {
  objectToTest: { null1: null, null2: null, string: 'default', int: 1, object: { first: 'default' }, array: [1] },
};

const groups: Readonly<Record<string, readonly Row[]>> = {
  'template-functions-array': [
    ['[array(1)]', [1]],
    ["[array('efgh')]", ['efgh']],
    ["[array(parameters('o'))]", [{ a: 'b', c: 'd' }], { parameters: { o: { a: 'b', c: 'd' } } }],
    [
      "[concat(createArray('1-1', '1-2', '1-3'), createArray('2-1', '2-2', '2-3'))]",
      ['1-1', '1-2', '1-3', '2-1', '2-2', '2-3'],
    ],
    ["[concat('prefix', '-', 'x')]", 'prefix-x'],
    ["[concat('examplecopy-', 1)]", 'examplecopy-1'],
    ["[contains(parameters('s'), 'e')]", true, abc],
    ["[contains(parameters('s'), 'z')]", false, abc],
    ["[contains(parameters('o'), 'one')]", true, abc],
    ["[contains(parameters('o'), 'ONE')]", true, abc],
    ["[contains(parameters('o'), 'a')]", false, abc],
    ["[contains(parameters('a'), 'three')]", true, abc],
    ["[contains(parameters('a'), 'four')]", false, abc],
    ["[createArray('a', 'b', 'c')]", ['a', 'b', 'c']],
    ['[createArray(1, 2, 3)]', [1, 2, 3]],
    ["[createArray(parameters('o'))]", [{ one: 'a', two: 'b', three: 'c' }], abc],
    ["[createArray(parameters('a'))]", [['one', 'two', 'three']], abc],
    ['[createArray()]', []],
    ['[empty(createArray())]', true],
    ['[empty(createObject())]', true],
    ["[empty('')]", true],
    ["[empty('x')]", false],
    ["[first(parameters('a'))]", 'one', abc],
    ["[first('One Two Three')]", 'O'],
    ["[last(parameters('a'))]", 'three', abc],
    ["[last('One Two Three')]", 'e'],
    [
      "[intersection(parameters('o'), createObject('one', 'a', 'two', 'z', 'three', 'c'))]",
      { one: 'a', three: 'c' },
      abc,
    ],
    ["[intersection(parameters('a'), createArray('two', 'three'))]", ['two', 'three'], abc],
    ["[length(parameters('a'))]", 3, abc],
    ["[length('One Two Three')]", 13],
    ["[length(parameters('o'))]", 3, abc],
    ['[max(createArray(0, 3, 2, 5, 4))]', 5],
    ['[max(0,3,2,5,4)]', 5],
    ['[min(createArray(0, 3, 2, 5, 4))]', 0],
    ['[min(0,3,2,5,4)]', 0],
    ['[range(5, 3)]', [5, 6, 7]],
    ['[range(0, 0)]', []],
    ["[skip(parameters('a'), 2)]", ['three'], abc],
    ["[skip('one two three', 4)]", 'two three'],
    ["[skip('one', 9)]", ''],
    ["[skip('one', -1)]", 'one'],
    ["[take(parameters('a'), 2)]", ['one', 'two'], abc],
    ["[take('one two three', 2)]", 'on'],
    ["[take('one', 9)]", 'one'],
    ["[take('one', -1)]", ''],
    [
      "[union(createObject('one', 'a', 'two', 'b', 'three', 'c1'), createObject('three', 'c2', 'four', 'd', 'five', 'e'))]",
      { one: 'a', two: 'b', three: 'c2', four: 'd', five: 'e' },
    ],
    ["[union(parameters('a'), createArray('three', 'four'))]", ['one', 'two', 'three', 'four'], abc],
  ],
  'Bicep tests (section 2.4 of the reference)': [
    ['[first(createArray())]', null],
    ['[last(createArray())]', null],
    ["[padLeft('00', 5, ' ')]", '   00'],
    ["[uri('https://github.com/another/repo', '/Azure/bicep')]", 'https://github.com/Azure/bicep'],
    ["[dataUri(' Fizz ')]", 'data:text/plain;charset=utf-8;base64,IEZpenog'],
    ["[uriComponent(' Fizz ')]", '%20Fizz%20'],
    ["[format('{0}/{1}/{2}/{3}', 1, 2, 3, true())]", '1/2/3/True'],
    ["[join(createArray('abc', 123, true()), '/')]", 'abc/123/True'],
    ["[guid('foo', 'bar', 'baz')]", '2ed86837-7c7c-5eaa-9864-dd077fd19b0d'],
    ["[uniqueString('snap', 'crackle', 'pop')]", 'byghxckddilkc'],
    ["[uniqueString('test')]", 'rbgf3xv4ufgzg'],
    ["[uniqueString('hello', 'world')]", 'a7wkljktk6wne'],
    ["[uniqueString('abc')]", 'cgtzqvhu4i23s'],
    ["[uniqueString('foo', 'bar', 'baz')]", 'xzi4ioaxtmth4'],
  ],
  'bicep-functions-array (flatten, indexOf, lastIndexOf, tryGet and their kin)': [
    [
      "[flatten(createArray(createArray('one', 'two'), createArray('three'), createArray('four', 'five')))]",
      ['one', 'two', 'three', 'four', 'five'],
    ],
    ['[flatten(createArray())]', []],
    ['[flatten(createArray(createArray(), createArray(1)))]', [1]],
    ["[indexOf(createArray('one', 'two', 'three'), 'two')]", 1],
    ["[indexOf(createArray('one'), 'x')]", -1],
    ["[lastIndexOf(createArray('a', 'b', 'a'), 'a')]", 2],
    ["[tryGet(createObject('a', createObject('b', 1)), 'a', 'b')]", 1],
    ["[tryGet(createObject('a', 1), 'x', 'y')]", null],
    ['[tryGet(createArray(7, 8), 1)]', 8],
    ['[tryGet(createArray(7), 5)]', null],
    ['[indexFromEnd(createArray(7, 8, 9), 1)]', 9],
    ['[tryIndexFromEnd(createArray(7, 8, 9), 3)]', 7],
    ['[tryIndexFromEnd(createArray(7), 2)]', null],
    ["[distinct(createArray('a', 'b', 'a', 1, 1))]", ['a', 'b', 1]],
    ["[distinct(createArray(createObject('a', 1), createObject('A', 1)))]", [{ a: 1 }]],
    ['[distinct(createArray())]', []],
  ],
  'template-functions-object': [
    [
      "[union(variables('firstObject'), variables('secondObject'))]",
      { property: { one: 'a', two: 'b', three: 'c2', four: 'd', five: 'e' }, nestedArray: [3, 4] },
      unionGiven,
    ],
    [
      "[union(variables('firstArray'), variables('secondArray'))]",
      [['one', 'two'], ['three'], ['four', 'two']],
      unionGiven,
    ],
    [
      "[createObject('intProp', 1, 'stringProp', 'abc', 'boolProp', true(), 'arrayProp', createArray('a', 'b', 'c'), 'objectProp', createObject('key1', 'value1'))]",
      { intProp: 1, stringProp: 'abc', boolProp: true, arrayProp: ['a', 'b', 'c'], objectProp: { key1: 'value1' } },
    ],
    ['[createObject()]', {}],
    [
      "[items(variables('entities'))]",
      [
        { key: 'item001', value: { enabled: true, displayName: 'Example item 1', number: 300 } },
        { key: 'item002', value: { enabled: false, displayName: 'Example item 2', number: 200 } },
      ],
      {
        variables: {
          entities: {
            item002: { enabled: false, displayName: 'Example item 2', number: 200 },
            item001: { enabled: true, displayName: 'Example item 1', number: 300 },
          },
        },
      },
    ],
    ["[empty(json('null'))]", true],
    ['[json(\'{"a": "b"}\')]', { a: 'b' }],
    ["[json('''test''')]", 'test'],
    ["[json('true')]", true],
    ["[json('3')]", 3],
    ["[json('[1,2,3]')]", [1, 2, 3]],
    ["[json(concat('{\"a\": \"', 'demo value', '\"}'))]", { a: 'demo value' }],
    ['[empty(null())]', true],
    ['[null()]', null],
    ["[objectKeys(createObject('a', 1, 'b', 2))]", ['a', 'b']],
    ['[objectKeys(createObject())]', []],
    [
      "[shallowMerge(createArray(createObject('a', createObject('x', 1)), createObject('a', createObject('y', 2))))]",
      { a: { y: 2 } },
    ],
    ['[shallowMerge(createArray())]', {}],
  ],
  'template-functions-comparison': [
    [
      "[coalesce(parameters('objectToTest').null1, parameters('objectToTest').null2, parameters('objectToTest').string)]",
      'default',
      { parameters: tested },
    ],
    ["[coalesce(parameters('objectToTest').null1, parameters('objectToTest').int)]", 1, { parameters: tested }],
    [
      "[coalesce(parameters('objectToTest').null1, parameters('objectToTest').object)]",
      { first: 'default' },
      { parameters: tested },
    ],
    ["[coalesce(parameters('objectToTest').null1, parameters('objectToTest').array)]", [1], { parameters: tested }],
    [
      "[empty(coalesce(parameters('objectToTest').null1, parameters('objectToTest').null2))]",
      true,
      { parameters: tested },
    ],
    ['[equals(1, 1)]', true],
    ["[equals('a', 'a')]", true],
    ["[equals('a', 'A')]", false],
    ["[equals(createArray('a', 'b'), createArray('a', 'b'))]", true],
    ["[equals(createObject('a', 'b'), createObject('a', 'b'))]", true],
    ["[equals(1, '1')]", false],
    ['[not(equals(1, 2))]', true],
    ['[greater(1, 2)]', false],
    ["[greater('A', 'a')]", true],
    ['[greaterOrEquals(1, 2)]', false],
    ["[greaterOrEquals('A', 'a')]", true],
    ['[less(1, 2)]', true],
    ["[less('A', 'a')]", false],
    ['[lessOrEquals(1, 2)]', true],
    ["[lessOrEquals('A', 'a')]", false],
    ['[lessOrEquals(2, 2)]', true],
  ],
  'template-functions-logical': [
    ["[and(bool('true'), bool('false'))]", false],
    ["[or(bool('true'), bool('false'))]", true],
    ["[not(bool('true'))]", false],
    ["[bool('true')]", true],
    ["[bool('false')]", false],
    ['[bool(1)]', true],
    ['[bool(0)]', false],
    ['[true()]', true],
    ['[false()]', false],
    ["[if(equals('a', 'a'), 'yes', 'no')]", 'yes'],
    ["[if(equals('a', 'b'), 'yes', 'no')]", 'no'],
    ["[if(equals('a', 'a'), json('{\"test\": \"value1\"}'), json('null'))]", { test: 'value1' }],
    // "When the condition is True, only the true value is evaluated."
    ["[if(true(), 'ok', fail('not reached'))]", 'ok'],
    ["[and(false(), fail('not reached'))]", false],
    ["[or(true(), fail('not reached'))]", true],
    ["[coalesce('ok', fail('not reached'))]", 'ok'],
  ],
  'template-functions-numeric': [
    ['[add(5, 3)]', 8],
    ['[div(8, 3)]', 2],
    ['[div(-8, 3)]', -2],
    ["[int('4')]", 4],
    ['[mod(7, 3)]', 1],
    ['[mul(5, 3)]', 15],
    ['[sub(7, 3)]', 4],
    ["[float('3.0')]", 3],
    ['[float(3)]', 3],
    ["[float('-1.5')]", -1.5],
    // 64-bit: 2^53 + 1 is exact, and 2^63 - 1 is the greatest.
    ['[string(add(9007199254740992, 1))]', '9007199254740993'],
    ['[string(sub(9223372036854775807, 1))]', '9223372036854775806'],
    ["[string(int('-9223372036854775808'))]", '-9223372036854775808'],
    ['[mod(-7, 3)]', -1],
  ],
  'template-functions-string': [
    ["[base64('one, two, three')]", 'b25lLCB0d28sIHRocmVl'],
    ["[base64ToString('b25lLCB0d28sIHRocmVl')]", 'one, two, three'],
    ["[base64ToJson(base64('{''one'': ''a'', ''two'': ''b''}'))]", { one: 'a', two: 'b' }],
    ["[dataUriToString('data:;base64,SGVsbG8sIFdvcmxkIQ==')]", 'Hello, World!'],
    ["[dataUriToString(dataUri('ä'))]", 'ä'],
    ["[endsWith('abcdef', 'ef')]", true],
    ["[endsWith('abcdef', 'F')]", true],
    ["[endsWith('abcdef', 'e')]", false],
    ["[startsWith('abcdef', 'ab')]", true],
    ["[startsWith('abcdef', 'A')]", true],
    ["[startsWith('abcdef', 'e')]", false],
    [
      "[format('{0}, {1}. Formatted number: {2:N0}', 'Hello', 'User', 8175133)]",
      'Hello, User. Formatted number: 8,175,133',
    ],
    ["[indexOf('test', 't')]", 0],
    ["[lastIndexOf('test', 't')]", 3],
    ["[indexOf('abcdef', 'CD')]", 2],
    ["[lastIndexOf('abcdef', 'AB')]", 0],
    ["[indexOf('abcdef', 'z')]", -1],
    ["[padLeft('123', 10, '0')]", '0000000123'],
    ["[padLeft(123, 5, '0')]", '00123'],
    ["[replace('123-123-1234', '-', '')]", '1231231234'],
    ["[replace('123-123-1234', '1234', 'xxxx')]", '123-123-xxxx'],
    ["[split('one,two,three', ',')]", ['one', 'two', 'three']],
    ["[split('one;two,three', createArray(',', ';'))]", ['one', 'two', 'three']],
    ["[split('', ',')]", ['']],
    ["[string(createObject('valueA', 10, 'valueB', 'Example Text'))]", '{"valueA":10,"valueB":"Example Text"}'],
    ["[string(createArray('a', 'b', 'c'))]", '["a","b","c"]'],
    ['[string(5)]', '5'],
    ["[substring('one two three', 4, 3)]", 'two'],
    ["[substring('one two three', 4)]", 'two three'],
    ["[substring('abc', 3, 0)]", ''],
    ["[toLower('One Two Three')]", 'one two three'],
    ["[toUpper('One Two Three')]", 'ONE TWO THREE'],
    ["[trim('    one two three   ')]", 'one two three'],
    ["[uri('http://contoso.org/firstpath', 'myscript.sh')]", 'http://contoso.org/myscript.sh'],
    ["[uri('http://contoso.org/firstpath/', 'myscript.sh')]", 'http://contoso.org/firstpath/myscript.sh'],
    [
      "[uri('http://contoso.org/firstpath/azuredeploy.json', 'myscript.sh')]",
      'http://contoso.org/firstpath/myscript.sh',
    ],
    [
      "[uri('http://contoso.org/firstpath/azuredeploy.json/', 'myscript.sh')]",
      'http://contoso.org/firstpath/azuredeploy.json/myscript.sh',
    ],
    [
      "[uriComponent('http://contoso.com/resources/nested/azuredeploy.json')]",
      'http%3A%2F%2Fcontoso.com%2Fresources%2Fnested%2Fazuredeploy.json',
    ],
    [
      "[uriComponentToString('http%3A%2F%2Fcontoso.com%2Fresources%2Fnested%2Fazuredeploy.json')]",
      'http://contoso.com/resources/nested/azuredeploy.json',
    ],
  ],
  'System.String.Format and standard numeric format strings (.NET documentation)': [
    ["[format('{{{0}}}', 'a')]", '{a}'],
    ["[format('{0,5}|{0,-5}|', 'ab')]", '   ab|ab   |'],
    ["[format('{0:D4}', 42)]", '0042'],
    ["[format('{0:X}', 255)]", 'FF'],
    ["[format('{0:x4}', 255)]", '00ff'],
    ["[format('{0:N1}', -1234567)]", '-1,234,567.0'],
    ["[format('{0:F2}', 17)]", '17.00'],
    ["[format('{0:000}', 7)]", '007'],
    ["[format('{0:#,##0}', 1234567)]", '1,234,567'],
    ["[format('{0:P0}', 1)]", '100 %'],
    ["[format('{0:E2}', 1234)]", '1.23E+003'],
    ["[format('{0}', createArray(1))]", '[1]'],
  ],
  'bicep-functions-date': [
    ["[dateTimeAdd('2023-01-01 00:00:00Z', 'P1Y')]", '2024-01-01T00:00:00Z'],
    ["[dateTimeAdd('2024-01-01 00:00:00Z', 'P1Y')]", '2024-12-31T00:00:00Z'],
    ["[dateTimeAdd('2023-02-01 00:00:00Z', 'P1M')]", '2023-03-03T00:00:00Z'],
    ["[dateTimeAdd('2020-04-07 14:53:14Z', 'P3Y', 'M/d/yyyy h:mm:ss tt')]", '4/7/2023 2:53:14 PM'],
    ["[dateTimeAdd('2020-04-07 14:53:14Z', '-P9D', 'M/d/yyyy h:mm:ss tt')]", '3/29/2020 2:53:14 PM'],
    ["[dateTimeAdd('2020-04-07 14:53:14Z', 'PT1H', 'M/d/yyyy h:mm:ss tt')]", '4/7/2020 3:53:14 PM'],
    ["[parameters('p')]", '20190305T175318Z', { parameters: { p: '[utcNow()]' } }],
    ["[parameters('p')]", '03/05/2019', { parameters: { p: "[utcNow('d')]" } }],
    ["[parameters('p')]", '3 5', { parameters: { p: "[utcNow('M d')]" } }],
    ["[parameters('p')]", '2019-03-05 17:53:18Z', { parameters: { p: "[utcNow('u')]" } }],
    // The Unix epoch and its first day (POSIX).
    ['[dateTimeFromEpoch(0)]', '1970-01-01T00:00:00Z'],
    ['[dateTimeFromEpoch(86400)]', '1970-01-02T00:00:00Z'],
    ["[dateTimeToEpoch('1970-01-02T00:00:00Z')]", 86400],
    ['[dateTimeToEpoch(dateTimeFromEpoch(1683040573))]', 1683040573],
    ["[dateTimeToEpoch('1970-01-01T01:00:00+01:00')]", 0],
  ],
  'template-functions-cidr': [
    [
      "[parseCidr('10.144.0.0/20')]",
      {
        network: '10.144.0.0',
        netmask: '255.255.240.0',
        broadcast: '10.144.15.255',
        firstUsable: '10.144.0.1',
        lastUsable: '10.144.15.254',
        cidr: 20,
      },
    ],
    [
      "[parseCidr('fdad:3236:5555::/48')]",
      {
        network: 'fdad:3236:5555::',
        netmask: 'ffff:ffff:ffff::',
        firstUsable: 'fdad:3236:5555::',
        lastUsable: 'fdad:3236:5555:ffff:ffff:ffff:ffff:ffff',
        cidr: 48,
      },
    ],
    ["[cidrSubnet('10.144.0.0/20', 24, 0)]", '10.144.0.0/24'],
    ["[cidrSubnet('10.144.0.0/20', 24, 4)]", '10.144.4.0/24'],
    ["[cidrSubnet('fdad:3236:5555::/48', 52, 4)]", 'fdad:3236:5555:4000::/52'],
    ["[cidrHost('10.144.3.0/24', 0)]", '10.144.3.1'],
    ["[cidrHost('10.144.3.0/24', 4)]", '10.144.3.5'],
    ["[cidrHost('fdad:3236:5555:3000::/52', 0)]", 'fdad:3236:5555:3000::1'],
    ["[cidrHost('192.168.1.0/24', 253)]", '192.168.1.254'],
  ],
  'template-functions-lambda': [
    [
      "[filter(variables('dogs'), lambda('dog', greaterOrEquals(lambdaVariables('dog').age, 5)))]",
      [dogs[0], dogs[3]],
      dogsGiven,
    ],
    ["[filter(range(0, 10), lambda('i', equals(0, mod(lambdaVariables('i'), 2))))]", [0, 2, 4, 6, 8]],
    ["[filter(range(0, 10), lambda('i', greater(lambdaVariables('i'), 5)))]", [6, 7, 8, 9]],
    ["[filter(createArray('a', 'b', 'c'), lambda('x', 'i', greater(lambdaVariables('i'), 0)))]", ['b', 'c']],
    [
      "[map(variables('dogs'), lambda('dog', lambdaVariables('dog').name))]",
      ['Evie', 'Casper', 'Indy', 'Kira'],
      dogsGiven,
    ],
    [
      "[map(variables('dogs'), lambda('dog', format('Hello {0}!', lambdaVariables('dog').name)))]",
      ['Hello Evie!', 'Hello Casper!', 'Hello Indy!', 'Hello Kira!'],
      dogsGiven,
    ],
    [
      "[map(range(0, 2), lambda('i', createObject('i', lambdaVariables('i'), 'dog', variables('dogs')[lambdaVariables('i')].name)))]",
      [
        { i: 0, dog: 'Evie' },
        { i: 1, dog: 'Casper' },
      ],
      dogsGiven,
    ],
    [
      "[reduce(map(variables('dogs'), lambda('dog', lambdaVariables('dog').age)), 0, lambda('cur', 'next', add(lambdaVariables('cur'), lambdaVariables('next'))))]",
      18,
      dogsGiven,
    ],
    [
      "[reduce(map(variables('dogs'), lambda('dog', lambdaVariables('dog').age)), 1, lambda('cur', 'next', add(lambdaVariables('cur'), lambdaVariables('next'))))]",
      19,
      dogsGiven,
    ],
    [
      "[reduce(createArray(createObject('foo', 123), createObject('bar', 456), createObject('baz', 789)), createObject(), lambda('cur', 'next', union(lambdaVariables('cur'), lambdaVariables('next'))))]",
      { foo: 123, bar: 456, baz: 789 },
    ],
    [
      "[sort(variables('dogs'), lambda('a', 'b', less(lambdaVariables('a').age, lambdaVariables('b').age)))]",
      [dogs[2], dogs[1], dogs[0], dogs[3]],
      dogsGiven,
    ],
    [
      "[toObject(variables('dogs'), lambda('entry', lambdaVariables('entry').name))]",
      { Evie: dogs[0], Casper: dogs[1], Indy: dogs[2], Kira: dogs[3] },
      dogsGiven,
    ],
    [
      "[toObject(variables('dogs'), lambda('entry', lambdaVariables('entry').name), lambda('entry', lambdaVariables('entry').age))]",
      { Evie: 5, Casper: 3, Indy: 2, Kira: 8 },
      dogsGiven,
    ],
    [
      "[groupBy(createArray('foo', 'bar', 'baz'), lambda('x', substring(lambdaVariables('x'), 0, 1)))]",
      { f: ['foo'], b: ['bar', 'baz'] },
    ],
    ["[mapValues(createObject('foo', 'foo'), lambda('val', toUpper(lambdaVariables('val'))))]", { foo: 'FOO' }],
  ],
  'template-functions-resource, template-functions-scope, template-functions-deployment': [
    [
      "[resourceId('Microsoft.Storage/storageAccounts', 'examplestorage')]",
      `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/examplestorage`,
    ],
    [
      "[resourceId('otherResourceGroup', 'Microsoft.Storage/storageAccounts', 'examplestorage')]",
      `/subscriptions/${subscription}/resourceGroups/otherResourceGroup/providers/Microsoft.Storage/storageAccounts/examplestorage`,
    ],
    [
      "[resourceId('11111111-1111-1111-1111-111111111111', 'otherResourceGroup', 'Microsoft.Storage/storageAccounts', 'examplestorage')]",
      '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/otherResourceGroup/providers/Microsoft.Storage/storageAccounts/examplestorage',
    ],
    [
      "[resourceId('Microsoft.SQL/servers/databases', 'serverName', 'databaseName')]",
      `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.SQL/servers/serverName/databases/databaseName`,
    ],
    [
      "[resourceId('Microsoft.Network/networkSecurityGroups/', 'nsg')]",
      `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/nsg`,
    ],
    [
      "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'x')]",
      `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/x`,
    ],
    [
      "[subscriptionResourceId('s', 'Microsoft.Authorization/roleDefinitions', 'x')]",
      '/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/x',
    ],
    [
      "[tenantResourceId('Microsoft.Authorization/policyDefinitions', 'x')]",
      '/providers/Microsoft.Authorization/policyDefinitions/x',
    ],
    [
      "[managementGroupResourceId('mg', 'Microsoft.Authorization/policyDefinitions', 'x')]",
      '/providers/Microsoft.Management/managementGroups/mg/providers/Microsoft.Authorization/policyDefinitions/x',
    ],
    [
      "[extensionResourceId(resourceGroup().id, 'Microsoft.Authorization/locks', 'l')]",
      `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Authorization/locks/l`,
    ],
    ['[resourceGroup().name]', 'rg'],
    ['[subscription().id]', `/subscriptions/${subscription}`],
    ['[deployment().name]', 'main'],
    ['[environment().suffixes.storage]', 'core.windows.net'],
    ['[tenant().tenantId]', '00000000-0000-0000-0000-000000000000'],
    ['[deployer().tenantId]', '00000000-0000-0000-0000-000000000000'],
    ["[VARIABLES('v')]", 'x', { variables: { V: 'x' } }],
  ],
};

describe.each(Object.entries(groups))('%s', (_, rows) => {
  test.each(rows)('%s', (expression, expected, given) => {
    expect(evaluated(expression, given)).toEqual(expected);
  });
});

/** Each of these is refused, with the part of the message that says why. */
const refused: readonly (readonly [string, RegExp])[] = [
  [
    "[substring('1234567890', 0, 11)]",
    /The index and length parameters must refer to a location within the string. The index parameter: '0', the length parameter: '11', the length of the string parameter: '10'/,
  ],
  ['[div(1, 0)]', /divisor is zero/],
  ['[mod(1, 0)]', /divisor is zero/],
  ['[add(9223372036854775807, 1)]', /64-bit/],
  ['[add(9007199254740992, 1)]', /beyond 2\^53/],
  ['[range(0, 10001)]', /10000/],
  ['[range(2147483647, 1)]', /2147483647/],
  ["[createObject('a')]", /even number/],
  ["[nope('a')]", /template function 'nope' is not valid/],
  ["[contoso.nope('a')]", /template function 'contoso.nope' is not valid/],
  ['[concat()]', /at least 1 argument/],
  ['[length(1)]', /array, an object or a string/],
  ["[add('1', 2)]", /first parameter to be an integer/],
  ["[int('x')]", /cannot be converted/],
  ["[bool('x')]", /cannot be converted/],
  ["[json('{')]", /not valid JSON/],
  ["[fail('because')]", /because/],
  ['[utcNow()]', /not expected at this location/],
  ['[newGuid()]', /not expected at this location/],
  ["[createObject('a', 1).b]", /property 'b' doesn't exist, available properties are 'a'/],
  ['[createArray(1)[1]]', /index '1' is out of bounds/],
  ["[cidrSubnet('10.0.0.0/24', 25, 2)]", /between '0' and '1'/],
  ["[cidrHost('10.0.0.0/24', 254)]", /outside of the network/],
  ["[parseCidr('10.0.0.0')]", /CIDR/],
  ["[dateTimeAdd('x', 'P1D')]", /ISO 8601/],
  ["[dateTimeAdd('2020-01-01', 'P')]", /duration/],
  ["[dateTimeAdd('9999-12-31', 'P1D')]", /years 1 to 9999/],
  ["[resourceId('Microsoft.A/b', 'x', 'y')]", /requires '1' resource name/],
  ["[parameters('p')]", /template parameter 'p' is not found/],
  ["[variables('v')]", /template variable 'v' is not found/],
  ['[copyIndex()]', /resource with copy specified/],
  ["[lambda('x', 1)]", /argument of a function/],
  ["[lambdaVariables('x')]", /lambda variable 'x' is not found/],
  ["[pickZones('a', 'b', 'c')]", /not supported here/],
  ["[format('{1}', 1)]", /argument '1'/],
  ["[format('{', 1)]", /not well-formed/],
  ["[base64ToString('*')]", /not valid base64/],
  ["[uriComponentToString('%')]", /percent-encoded/],
  ["[uri('x', 'y')]", /absolute URI/],
  ["[reference('nothing')]", /could not find template resource or resource copy with this name/],
  ["[reference('/subscriptions/s/resourceGroups/g/providers/A.B/c/d')]", /API version/],
  ["[padLeft('x', 9999999)]", /exceeds the limit/],
  ["[replace('x', '', 'y')]", /empty/],
  ["[greater(1, 'a')]", /both of one kind/],
];

test.each(refused)('%s is refused', (expression, message) => {
  try {
    evaluated(expression);
  } catch (error) {
    expect(error).toBeInstanceOf(ArmError);
    const { body } = error as ArmError;
    expect(body.details?.[0]?.message ?? body.message).toMatch(message);
    return;
  }
  expect.unreachable(`${expression} was not refused`);
});

test('every function has a row', () => {
  const text = JSON.stringify([groups, refused.map(([expression]) => expression)]).toLowerCase();
  // Those that need a runtime, a scope or Azure itself have their tests elsewhere or are refused by name.
  const elsewhere = [
    'list*',
    'managementGroup',
    'references',
    'buildUri',
    'extensions',
    'externalInput',
    'externalInputs',
    'parseUri',
    'providers',
    'toLogicalZone',
    'toLogicalZones',
    'toPhysicalZone',
    'toPhysicalZones',
  ];
  const missing = functionNames().filter(
    (name) => !elsewhere.includes(name) && !text.includes(`${name.toLowerCase()}(`),
  );
  expect(missing).toEqual([]);
});

import type { CloudFacts, RuntimeProvider } from '../../contract.ts';
import { type Given, subscription } from '../test-evaluate.ts';
import type { DocumentedExample } from './test-documented-examples.ts';

/*
 * The rest of what the pages tabulate, and cases that their remarks and return values state. Where a page tabulates nothing for a
 * function, the source of the value is named with the group.
 */
const given = (part: Given): Given => part;
const arrays = given({ parameters: { arrayToTest: ['one', 'two', 'three'] } });
const lengths = given({
  parameters: {
    objectToTest: { propA: 'one', propB: 'two', propC: 'three', propD: { 'propD-1': 'sub', 'propD-2': 'sub' } },
  },
});
const dogs = [
  { name: 'Evie', properties: { age: 5, interests: ['Ball', 'Frisbee'] } },
  { name: 'Casper', properties: { age: 3, interests: ['Other dogs'] } },
  { name: 'Indy', properties: { age: 2, interests: ['Butter'] } },
  { name: 'Kira', properties: { age: 8, interests: ['Rubs'] } },
];
const dogsGiven = given({ variables: { dogs } });
const entities = {
  item002: { enabled: false, displayName: 'Example item 2', number: 200 },
  item001: { enabled: true, displayName: 'Example item 1', number: 300 },
};
const one = (value: string) => ({ [value]: value });
const options = given({
  parameters: {
    stringParameter: 'option 1',
    intParameter: 1,
    objectParameter: { one: 'a', two: 'b' },
    arrayParameter: [1, 2, 3],
    crossParameter: "[parameters('stringParameter')]",
  },
});
const variables = given({
  variables: {
    var1: 'myVariable',
    var2: [1, 2, 3, 4],
    var3: "[variables('var1')]",
    var4: { property1: 'value1', property2: 'value2' },
  },
});

/** Availability zones of "Resource functions", pickZones, and of Azure/bicep pull request 16985: three zones, only for zonal types. */
const cloud: CloudFacts = {
  zones: (namespace, type, location) =>
    `${namespace}/${type}` === 'Microsoft.Compute/virtualMachines' && location === 'westus2' ? ['1', '2', '3'] : [],
  physicalZone: (_, location, logical) => `${location}-az${logical}`,
  logicalZone: (_, location, physical) => (physical.startsWith(`${location}-az`) ? physical.slice(-1) : undefined),
  provider: (namespace, type) =>
    type === undefined
      ? { namespace, resourceTypes: [] }
      : { resourceType: type, locations: ['West US'], apiVersions: ['2015-08-01'] },
  roleDefinition: (name) =>
    name === 'Contributor'
      ? {
          id: '/providers/Microsoft.Authorization/RoleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c',
          roleDefinitionId: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
        }
      : undefined,
};
const inCloud = given({ context: { cloud } });

const group = `/subscriptions/${subscription}/resourceGroups/rg`;
const storage = `${group}/providers/Microsoft.Storage/storageAccounts`;
/** A storage account as "Resource functions" shows it under reference and list. */
const account: RuntimeProvider = {
  resource: (id) => ({
    id,
    name: id.split('/').at(-1),
    location: 'southcentralus',
    kind: 'StorageV2',
    properties: { creationTime: '2017-10-09T18:55:40.5863736Z', provisioningState: 'Succeeded' },
  }),
  action: (id, action, apiVersion, body) => ({ id, action, apiVersion, ...(body === undefined ? {} : { body }) }),
};
const deployed = given({
  runtime: account,
  resources: {
    myStorage: { type: 'Microsoft.Storage/storageAccounts', apiVersion: '2022-09-01', name: 'examplestorage' },
    many: {
      copy: { name: 'many', count: 2 },
      type: 'Microsoft.Storage/storageAccounts',
      apiVersion: '2022-09-01',
      name: "[format('st{0}', copyIndex())]",
    },
    some: {
      copy: { name: 'some', count: 3 },
      condition: '[not(equals(copyIndex(), 1))]',
      type: 'Microsoft.ContainerInstance/containerGroups',
      apiVersion: '2023-05-01',
      name: "[format('worker-{0}', copyIndex())]",
    },
  },
});
const shownAccount = { creationTime: '2017-10-09T18:55:40.5863736Z', provisioningState: 'Succeeded' };
const managementGroup = given({ scope: { kind: 'managementGroup', managementGroup: 'examplemg1' } });
const subscriptionScope = given({ scope: { kind: 'subscription', subscriptionId: subscription } });
const zeros = '00000000-0000-0000-0000-000000000000';

/** As "Scope functions" prints it. */
const managementGroupDetails = {
  parent: {
    displayName: 'Tenant Root Group',
    id: `/providers/Microsoft.Management/managementGroups/${zeros}`,
    name: zeros,
  },
  updatedBy: zeros,
  updatedTime: '2020-07-23T21:05:52.661306Z',
  version: '1',
};

export const moreExamples: Readonly<Record<string, readonly DocumentedExample[]>> = {
  'template-functions-array, template-functions-object: the rest of the tables': [
    ["[length(parameters('objectToTest'))]", 4, lengths],
    ["[last(parameters('arrayToTest'))]", 'three', arrays],
    ['[intersection(createArray(1, 2, 3), createArray(2, 3), createArray(3))]', [3]],
    ['[max(-5, -2)]', -2],
    ['[min(createArray(7))]', 7],
    [
      "[items(createObject('b', 1, 'a', 2))]",
      [
        { key: 'a', value: 2 },
        { key: 'b', value: 1 },
      ],
    ],
    ['[items(createObject())]', []],
    [
      "[variables('modifiedListOfEntities')]",
      [
        { key: 'item001', fullName: 'Example item 1', itemEnabled: true },
        { key: 'item002', fullName: 'Example item 2', itemEnabled: false },
      ],
      {
        variables: {
          copy: [
            {
              name: 'modifiedListOfEntities',
              count: "[length(items(variables('entities')))]",
              input: {
                key: "[items(variables('entities'))[copyIndex('modifiedListOfEntities')].key]",
                fullName: "[items(variables('entities'))[copyIndex('modifiedListOfEntities')].value.displayName]",
                itemEnabled: "[items(variables('entities'))[copyIndex('modifiedListOfEntities')].value.enabled]",
              },
            },
          ],
          entities,
        },
      },
    ],
    ["[objectKeys(createObject('b', 1, 'A', 2))]", ['A', 'b']],
    ["[shallowMerge(createArray(createObject('a', 1), createObject('b', 2)))]", { a: 1, b: 2 }],
    ["[coalesce(null(), 'x')]", 'x'],
    ['[equals(null(), null())]', true],
  ],
  'bicep-functions-array: indexFromEnd, tryIndexFromEnd (`^` of the Bicep operators page, from 1)': [
    ["[indexFromEnd(createArray('a', 'b', 'c'), 3)]", 'a'],
    ["[indexFromEnd(createArray('a', 'b', 'c'), 2)]", 'b'],
    ["[tryIndexFromEnd(createArray('a'), 0)]", null],
  ],
  'template-functions-numeric: the rest, with the rules of C# for / and % that .NET has': [
    [
      "[variables('loop')]",
      [0, 1, 2],
      { variables: { copy: [{ name: 'loop', count: 3, input: "[copyIndex('loop')]" }] } },
    ],
    [
      "[variables('loop')]",
      [5, 6],
      { variables: { copy: [{ name: 'loop', count: 2, input: "[copyIndex('loop', 5)]" }] } },
    ],
    [
      "[variables('sites').names]",
      ['examplecopy-0', 'examplecopy-1'],
      {
        variables: {
          sites: { copy: [{ name: 'names', count: 2, input: "[concat('examplecopy-', copyIndex('names'))]" }] },
        },
      },
    ],
    ['[div(7, 2)]', 3],
    ['[mul(mul(5, 3), 3)]', 45],
    ['[mul(-5, 3)]', -15],
    ['[mul(0, 9)]', 0],
    ['[sub(3, 7)]', -4],
    ["[int('-4')]", -4],
  ],
  'template-functions-logical: the rest': [
    ['[and(true(), true(), false())]', false],
    ['[and(true(), true())]', true],
    ['[or(false(), false())]', false],
    ['[not(false())]', true],
  ],
  'template-functions-string: the rest; base64 also by RFC 4648, section 10': [
    ["[base64('')]", ''],
    ["[base64('foobar')]", 'Zm9vYmFy'],
    ["[base64ToString('Zm8=')]", 'fo'],
    ["[base64ToString('Zm9vYmE=')]", 'fooba'],
    ["[base64ToJson('MQ==')]", 1],
    ["[base64ToJson('WzFd')]", [1]],
    // The page prints "charset=utf8" here; the service and the Bicep tests say "charset=utf-8".
    ["[dataUri('Hello')]", 'data:text/plain;charset=utf-8;base64,SGVsbG8='],
    ["[dataUriToString('data:,a%20b')]", 'a b'],
    ["[join(createArray('a', 'b', 'c'), ', ')]", 'a, b, c'],
    ["[join(createArray(), ',')]", ''],
    ["[replace('aaa', 'a', 'bb')]", 'bbbbbb'],
    ["[toLower('ABC')]", 'abc'],
    ["[toLower('Ä')]", 'ä'],
    ["[toUpper('abc')]", 'ABC'],
    ["[trim('x')]", 'x'],
    ["[trim(' \t\n')]", ''],
    ["[uriComponent('a b&c')]", 'a%20b%26c'],
    ["[uriComponentToString('%20Fizz%20')]", ' Fizz '],
    ["[uriComponentToString('abc')]", 'abc'],
    [
      "[uri('http://contoso.com/resources/', 'nested/azuredeploy.json')]",
      'http://contoso.com/resources/nested/azuredeploy.json',
    ],
  ],
  'guid: RFC 4122, version 5 (Python, uuid.uuid5 with the namespace of section 2.4)': [
    ["[guid('a')]", '3703365d-5a9f-59b4-bca7-b9681389e4c1'],
    ["[guid('a', 1)]", 'fe9c1a65-5133-5dee-a82c-d33663caf322'],
    ["[guid('contoso', 'prod')]", 'd151d9b6-b496-58d5-8c69-e3b1902c25a1'],
  ],
  'uniqueString: a second implementation of section 2.4 (Python), which gives all vectors of Azure/bicep; every length of the rest':
    [
      ["[uniqueString('')]", 'aaaaaaaaaaaaa'],
      ["[uniqueString('a')]", 'eveiun73364hy'],
      ["[uniqueString('abcd')]", '2vkzoblxv4fya'],
      ["[uniqueString('abcde')]", '5a3qs7ylzrs64'],
      ["[uniqueString('abcdef')]", 'rmkkamh3kazwq'],
      ["[uniqueString('abcdefg')]", 'logmp4qgzfm46'],
      ["[uniqueString('abcdefgh')]", 'q7ncvd5x2rx4e'],
      ["[uniqueString('abcdefghi')]", 'zignisl6otg3u'],
      ["[uniqueString('abcdefghijklm')]", 'drrqz7xt5wi54'],
      ["[uniqueString('ä')]", 'jcp36oactwxjm'],
      ["[uniqueString('subscription', '1', 'rg', 24)]", '6e653gs63pzd2'],
    ],
  'newGuid: "only in the default value for a parameter", "36 characters"; a counter offline': [
    ["[length(parameters('g'))]", 36, { parameters: { g: '[newGuid()]' } }],
    ["[parameters('g')]", `${zeros.slice(0, 24)}000000000001`, { parameters: { g: '[newGuid()]' } }],
    ["[equals(parameters('g'), parameters('h'))]", false, { parameters: { g: '[newGuid()]', h: '[newGuid()]' } }],
  ],
  'Azure/bicep, sys.json (parseUri, buildUri) with System.Uri and RFC 3986, section 3': [
    [
      "[parseUri('https://contoso.com:8443/a/b?c=d#e')]",
      { scheme: 'https', host: 'contoso.com', port: 8443, path: '/a/b', query: '?c=d' },
    ],
    ["[parseUri('HTTP://Contoso.com')]", { scheme: 'http', host: 'contoso.com', port: 80, path: '/', query: '' }],
    ["[parseUri('amqp://u:p@[::1]/q')]", { scheme: 'amqp', host: '[::1]', path: '/q', query: '' }],
    ["[parseUri('https://c:443/').port]", 443],
    [
      "[buildUri(createObject('scheme', 'https', 'host', 'contoso.com', 'port', 8443, 'path', '/a', 'query', '?b=c'))]",
      'https://contoso.com:8443/a?b=c',
    ],
    [
      "[buildUri(createObject('scheme', 'http', 'host', 'contoso.com', 'path', 'a', 'query', 'b=c'))]",
      'http://contoso.com/a?b=c',
    ],
    ["[buildUri(createObject('scheme', 'https', 'host', 'c', 'port', 443))]", 'https://c/'],
    ["[buildUri(parseUri('https://contoso.com/a?b=c'))]", 'https://contoso.com/a?b=c'],
  ],
  'template-functions-cidr: the rest': [
    [
      "[map(range(0, 5), lambda('i', cidrSubnet('10.144.0.0/20', 24, lambdaVariables('i'))))]",
      ['10.144.0.0/24', '10.144.1.0/24', '10.144.2.0/24', '10.144.3.0/24', '10.144.4.0/24'],
    ],
    [
      "[map(range(0, 5), lambda('i', cidrSubnet('fdad:3236:5555::/48', 52, lambdaVariables('i'))))]",
      [
        'fdad:3236:5555::/52',
        'fdad:3236:5555:1000::/52',
        'fdad:3236:5555:2000::/52',
        'fdad:3236:5555:3000::/52',
        'fdad:3236:5555:4000::/52',
      ],
    ],
    [
      "[map(range(0, 5), lambda('i', cidrHost('10.144.3.0/24', lambdaVariables('i'))))]",
      ['10.144.3.1', '10.144.3.2', '10.144.3.3', '10.144.3.4', '10.144.3.5'],
    ],
    [
      "[map(range(0, 5), lambda('i', cidrHost('fdad:3236:5555:3000::/52', lambdaVariables('i'))))]",
      [
        'fdad:3236:5555:3000::1',
        'fdad:3236:5555:3000::2',
        'fdad:3236:5555:3000::3',
        'fdad:3236:5555:3000::4',
        'fdad:3236:5555:3000::5',
      ],
    ],
    ["[parseCidr('192.168.1.0/24').lastUsable]", '192.168.1.254'],
  ],
  'template-functions-lambda and bicep-functions-lambda: the rest': [
    [
      "[map(range(0, length(variables('dogs'))), lambda('i', createObject('i', lambdaVariables('i'), 'dog', variables('dogs')[lambdaVariables('i')].name, 'greeting', format('Ahoy, {0}!', variables('dogs')[lambdaVariables('i')].name))))]",
      [
        { i: 0, dog: 'Evie', greeting: 'Ahoy, Evie!' },
        { i: 1, dog: 'Casper', greeting: 'Ahoy, Casper!' },
        { i: 2, dog: 'Indy', greeting: 'Ahoy, Indy!' },
        { i: 3, dog: 'Kira', greeting: 'Ahoy, Kira!' },
      ],
      dogsGiven,
    ],
    [
      "[filter(variables('itemForLoop'), lambda('i', greater(lambdaVariables('i'), 5)))]",
      [6, 7, 8, 9],
      {
        variables: {
          copy: [
            { name: 'itemForLoop', count: '[length(range(0, 10))]', input: "[range(0, 10)[copyIndex('itemForLoop')]]" },
          ],
        },
      },
    ],
    [
      "[filter(variables('dogs'), lambda('val', 'i', and(less(lambdaVariables('i'), 2), equals(substring(lambdaVariables('val').name, 0, 1), 'C'))))]",
      [dogs[1]],
      dogsGiven,
    ],
    [
      "[toObject(variables('dogs'), lambda('entry', lambdaVariables('entry').name), lambda('entry', lambdaVariables('entry').properties))]",
      {
        Evie: { age: 5, interests: ['Ball', 'Frisbee'] },
        Casper: { age: 3, interests: ['Other dogs'] },
        Indy: { age: 2, interests: ['Butter'] },
        Kira: { age: 8, interests: ['Rubs'] },
      },
      dogsGiven,
    ],
    [
      "[toObject(variables('dogs'), lambda('entry', lambdaVariables('entry').name), lambda('entry', lambdaVariables('entry')))]",
      { Evie: dogs[0], Casper: dogs[1], Indy: dogs[2], Kira: dogs[3] },
      dogsGiven,
    ],
    ["[toObject(createArray('a', 'b'), lambda('x', lambdaVariables('x')))]", { ...one('a'), ...one('b') }],
    ["[groupBy(createArray(), lambda('x', lambdaVariables('x')))]", {}],
    [
      "[groupBy(createArray('a', 'b', 'a'), lambda('x', 'i', string(lambdaVariables('i'))))]",
      { '0': ['a'], '1': ['b'], '2': ['a'] },
    ],
    ["[mapValues(createObject('a', 1, 'b', 2), lambda('v', add(lambdaVariables('v'), 1)))]", { a: 2, b: 3 }],
    ["[mapValues(createObject(), lambda('v', lambdaVariables('v')))]", {}],
    ["[sort(createArray(3, 1, 2), lambda('a', 'b', less(lambdaVariables('a'), lambdaVariables('b'))))]", [1, 2, 3]],
    [
      "[sort(createArray('b', 'a'), lambda('a', 'b', greater(lambdaVariables('a'), lambdaVariables('b'))))]",
      ['b', 'a'],
    ],
    [
      "[reduce(createArray(1, 2), 0, lambda('cur', 'next', 'i', add(lambdaVariables('cur'), mul(lambdaVariables('next'), lambdaVariables('i')))))]",
      2,
    ],
  ],
  'template-functions-deployment': [
    ["[parameters('stringParameter')]", 'option 1', options],
    ["[parameters('intParameter')]", 1, options],
    ["[parameters('objectParameter')]", { one: 'a', two: 'b' }, options],
    ["[parameters('arrayParameter')]", [1, 2, 3], options],
    ["[parameters('crossParameter')]", 'option 1', options],
    ["[variables('var1')]", 'myVariable', variables],
    ["[variables('var2')]", [1, 2, 3, 4], variables],
    ["[variables('var3')]", 'myVariable', variables],
    ["[variables('var4')]", { property1: 'value1', property2: 'value2' }, variables],
    ['[deployment().properties.mode]', 'Incremental'],
    ['[deployment().properties.provisioningState]', 'Accepted'],
    ['[deployment().properties.template.contentVersion]', '1.0.0.0'],
    ['[deployment().location]', 'westeurope', subscriptionScope],
    [
      '[deployment().properties.templateLink.uri]',
      'https://x/y.json',
      { context: { templateLink: { uri: 'https://x/y.json' } } },
    ],
    [
      '[environment()]',
      {
        name: 'AzureCloud',
        gallery: 'https://gallery.azure.com/',
        graph: 'https://graph.windows.net/',
        portal: 'https://portal.azure.com',
        graphAudience: 'https://graph.windows.net/',
        activeDirectoryDataLake: 'https://datalake.azure.net/',
        batch: 'https://batch.core.windows.net/',
        media: 'https://rest.media.azure.net',
        sqlManagement: 'https://management.core.windows.net:8443/',
        vmImageAliasDoc:
          'https://raw.githubusercontent.com/Azure/azure-rest-api-specs/master/arm-compute/quickstart-templates/aliases.json',
        resourceManager: 'https://management.azure.com/',
        authentication: {
          loginEndpoint: 'https://login.microsoftonline.com/',
          audiences: ['https://management.core.windows.net/', 'https://management.azure.com/'],
          tenant: 'common',
          identityProvider: 'AAD',
        },
        suffixes: {
          acrLoginServer: '.azurecr.io',
          azureDatalakeAnalyticsCatalogAndJob: 'azuredatalakeanalytics.net',
          azureDatalakeStoreFileSystem: 'azuredatalakestore.net',
          azureFrontDoorEndpointSuffix: 'azurefd.net',
          keyvaultDns: '.vault.azure.net',
          sqlServerHostname: '.database.windows.net',
          storage: 'core.windows.net',
        },
      },
    ],
    ['[environment().name]', 'AzureCloud'],
    ['[deployer().objectId]', zeros],
    ['[deployer()]', { objectId: 'o', tenantId: 't' }, { context: { deployer: { objectId: 'o', tenantId: 't' } } }],
  ],
  'template-functions-scope': [
    [
      '[resourceGroup()]',
      {
        id: group,
        name: 'rg',
        type: 'Microsoft.Resources/resourceGroups',
        location: 'westeurope',
        properties: { provisioningState: 'Succeeded' },
      },
    ],
    [
      '[subscription()]',
      {
        id: `/subscriptions/${subscription}`,
        subscriptionId: subscription,
        tenantId: zeros,
        displayName: 'subscription',
      },
    ],
    ['[subscription().subscriptionId]', subscription, subscriptionScope],
    [
      '[tenant()]',
      { countryCode: 'US', displayName: 'Contoso', id: `/tenants/${zeros}`, tenantId: zeros },
      { context: { tenant: { countryCode: 'US', displayName: 'Contoso' } } },
    ],
    ['[tenant().id]', `/tenants/${zeros}`, { scope: { kind: 'tenant' } }],
    ['[managementGroup().id]', '/providers/Microsoft.Management/managementGroups/examplemg1', managementGroup],
    ['[managementGroup().type]', '/providers/Microsoft.Management/managementGroups', managementGroup],
    [
      '[managementGroup()]',
      {
        id: '/providers/Microsoft.Management/managementGroups/examplemg1',
        name: 'examplemg1',
        properties: { displayName: 'Example MG 1', tenantId: zeros },
        type: '/providers/Microsoft.Management/managementGroups',
      },
      { ...managementGroup, context: { managementGroup: () => ({ displayName: 'Example MG 1' }) } },
    ],
    [
      '[managementGroup().properties.details.parent]',
      managementGroupDetails.parent,
      {
        ...managementGroup,
        context: { managementGroup: () => ({ displayName: 'Example MG 1', details: managementGroupDetails }) },
      },
    ],
  ],
  'template-functions-resource: ids': [
    [
      "[extensionResourceId('/providers/Microsoft.Management/managementGroups/mg', 'Microsoft.Authorization/policyDefinitions', 'p')]",
      '/providers/Microsoft.Management/managementGroups/mg/providers/Microsoft.Authorization/policyDefinitions/p',
    ],
    [
      "[extensionResourceId(subscription().id, 'Microsoft.Authorization/locks', 'l')]",
      `/subscriptions/${subscription}/providers/Microsoft.Authorization/locks/l`,
    ],
    [`[extensionResourceId('${storage}/s', 'A.B/c/d', 'e', 'f')]`, `${storage}/s/providers/A.B/c/e/d/f`],
    [
      "[managementGroupResourceId('Microsoft.Authorization/policyDefinitions', 'x')]",
      '/providers/Microsoft.Management/managementGroups/examplemg1/providers/Microsoft.Authorization/policyDefinitions/x',
      managementGroup,
    ],
    [
      "[managementGroupResourceId('other', 'A.B/c/d', 'x', 'y')]",
      '/providers/Microsoft.Management/managementGroups/other/providers/A.B/c/x/d/y',
      managementGroup,
    ],
    [
      "[subscriptionResourceId('A.B/c/d', 'x', 'y')]",
      `/subscriptions/${subscription}/providers/A.B/c/x/d/y`,
      subscriptionScope,
    ],
    ["[tenantResourceId('A.B/c', 'x')]", '/providers/A.B/c/x'],
    ["[tenantResourceId('A.B/c/d', 'x', 'y')]", '/providers/A.B/c/x/d/y'],
  ],
  'template-functions-resource: reference, references, list*': [
    ["[reference('myStorage')]", shownAccount, deployed],
    ["[reference('myStorage').creationTime]", '2017-10-09T18:55:40.5863736Z', deployed],
    ["[reference('myStorage', '2022-09-01', 'Full').location]", 'southcentralus', deployed],
    [`[reference('${storage}/other', '2022-09-01', 'Full').kind]`, 'StorageV2', deployed],
    ["[references('many')]", [shownAccount, shownAccount], deployed],
    ["[references('many', 'Full')[1].resourceId]", 'Microsoft.Storage/storageAccounts/st1', deployed],
    ["[references('many', 'Properties')]", [shownAccount, shownAccount], deployed],
    ["[length(references('many'))]", 2, deployed],
    // "the output of `references` will omit the non-deployed resource"
    [
      "[map(references('some'), lambda('w', lambdaVariables('w').provisioningState))]",
      ['Succeeded', 'Succeeded'],
      deployed,
    ],
    [
      "[listKeys('myStorage', '2022-09-01')]",
      { id: `${storage}/examplestorage`, action: 'listKeys', apiVersion: '2022-09-01' },
      deployed,
    ],
    [
      `[listAccountSas('${storage}/x', '2018-02-01', createObject('signedServices', 'b')).body]`,
      { signedServices: 'b' },
      deployed,
    ],
    [`[list('${storage}/x', '2018-02-01').action]`, 'list', deployed],
  ],
  'template-functions-resource: pickZones': [
    ["[pickZones('Microsoft.Compute', 'virtualMachines', 'westus2')]", ['1'], inCloud],
    ["[pickZones('Microsoft.Compute', 'virtualMachines', 'northcentralus')]", [], inCloud],
    ["[pickZones('Microsoft.Cdn', 'profiles', 'westus2')]", [], inCloud],
    ["[pickZones('Microsoft.Compute', 'virtualMachines', 'westus2', 3)]", ['1', '2', '3'], inCloud],
    ["[pickZones('Microsoft.Compute', 'virtualMachines', 'westus2', 2, 1)]", ['2', '3'], inCloud],
  ],
  'providers (deprecated): the shape of the REST operation "Providers - Get"': [
    ["[providers('Microsoft.Web', 'sites').apiVersions[0]]", '2015-08-01', inCloud],
    ["[providers('Microsoft.Web', 'sites').resourceType]", 'sites', inCloud],
    ["[providers('Microsoft.Web').namespace]", 'Microsoft.Web', inCloud],
  ],
  'Azure/bicep, AzNamespaceType: zones, roleDefinitions': [
    ["[toPhysicalZone(subscription().subscriptionId, 'westus2', '1')]", 'westus2-az1', inCloud],
    ["[toPhysicalZone('s', 'eastus', '3')]", 'eastus-az3', inCloud],
    ["[toPhysicalZones('s', 'westus2', createArray('1', '2'))]", ['westus2-az1', 'westus2-az2'], inCloud],
    ["[toPhysicalZones('s', 'westus2', createArray())]", [], inCloud],
    ["[toPhysicalZones('s', 'westus2', createArray('3'))[0]]", 'westus2-az3', inCloud],
    ["[toPhysicalZone('s', 'westus2', toLogicalZone('s', 'westus2', 'westus2-az2'))]", 'westus2-az2', inCloud],
    ["[toLogicalZone('s', 'westus2', 'westus2-az2')]", '2', inCloud],
    ["[toLogicalZone('s', 'eastus', 'eastus-az1')]", '1', inCloud],
    ["[toLogicalZones('s', 'eastus', createArray('eastus-az1', 'eastus-az2'))]", ['1', '2'], inCloud],
    ["[toLogicalZones('s', 'eastus', createArray())]", [], inCloud],
    ["[toLogicalZones('s', 'eastus', createArray('eastus-az3'))]", ['3'], inCloud],
    ["[roleDefinitions('Contributor').roleDefinitionId]", 'b24988ac-6180-42a0-ab88-20f7382dd24c', inCloud],
    [
      "[roleDefinitions('Contributor').id]",
      '/providers/Microsoft.Authorization/RoleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c',
      inCloud,
    ],
    ["[last(split(roleDefinitions('Contributor').id, '/'))]", 'b24988ac-6180-42a0-ab88-20f7382dd24c', inCloud],
  ],
  'Azure/bicep, externalInput of parameter files: what the request carries': [
    ["[externalInputs('a')]", 1, { context: { externalInputs: { a: { value: 1 } } } }],
    ["[externalInputs('b').c]", 'd', { context: { externalInputs: { b: { value: { c: 'd' } } } } }],
    [
      "[concat(externalInputs('a'), externalInputs('a'))]",
      'xx',
      { context: { externalInputs: { a: { value: 'x' } } } },
    ],
  ],
};

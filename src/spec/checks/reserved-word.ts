import type { TextRule } from '../complaint.ts';

/**
 * Words that Azure refuses in the name of a resource with an endpoint.
 * Source: Microsoft, "Resolve errors for reserved resource names" (error code ReservedResourceName).
 */
const wholeNames = new Set(
  (
    'access app_code app_themes app_data app_globalresources app_localresources app_webreferences app_browsers azure bing bizspark ' +
    'biztalk cortana directx dotnet dynamics excel exchange forefront groove hololens hyperv kinect lync msdn o365 office office365 ' +
    'onedrive onenote outlook powerpoint sharepoint skype visio visualstudio web.config xbox'
  ).split(' '),
);
const anywhere = ['microsoft', 'windows'];
const atTheStart = ['login'];

/** Azure's trademarks may not be, be part of, or start a name, depending on the word. */
export const noReservedWord: TextRule = (text) => {
  const name = text.toLowerCase();
  const word = wholeNames.has(name)
    ? name
    : (anywhere.find((one) => name.includes(one)) ?? atTheStart.find((one) => name.startsWith(one)));
  return word === undefined
    ? undefined
    : {
        code: 'SPEC_NAME_RESERVED',
        message: `${JSON.stringify(text)} uses the word ${word}, which Azure reserves.`,
        why: 'Azure refuses it in the names of vaults, registries, gateways and clusters (ReservedResourceName).',
        hint: 'Use another name.',
      };
};

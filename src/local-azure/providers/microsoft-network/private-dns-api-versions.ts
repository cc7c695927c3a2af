/** API versions of private DNS, newest first (Azure/azure-rest-api-specs, specification/privatedns). */
export const privateDnsApiVersions: readonly string[] = ['2024-06-01', '2020-06-01', '2020-01-01', '2018-09-01'];

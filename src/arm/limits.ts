/**
 * The limits of Azure Resource Manager (learn.microsoft.com, "Best practices for ARM templates", and the limits that the Bicep
 * compiler checks), and our own that keep hostile input from using up time and memory. Those of ARM are named so.
 */
export const maximumResources = 800;
export const maximumParameters = 256;
export const maximumVariables = 512;
export const maximumOutputs = 64;
export const maximumCopyCount = 800;
/** ARM: of an expression, brackets included. */
export const maximumExpressionLength = 24_576;
/** ARM: of a string literal in an expression. */
export const maximumLiteralLength = 131_072;
/** ARM */
export const maximumIdentifierLength = 255;
/** ARM: characters of the template once it is expanded, and of a parameter file. */
export const maximumTemplateSize = 4 * 1024 * 1024;
/** ARM */
export const maximumDeploymentNameLength = 64;

/** Ours: parentheses and brackets inside one another. */
export const maximumExpressionDepth = 128;
/** Ours: calls, variables, parameters and user functions inside one another. */
export const maximumEvaluationDepth = 600;
/** Ours: steps of evaluation for one template; about a second of work. */
export const maximumWork = 5_000_000;
/** Ours: resources of a template with everything that is nested in it, expanded offline. */
export const maximumNestedExpansions = 500;
/** Ours: linked templates that link to others in turn; a template may link to itself, so a bound has to stop it. */
export const maximumLinkDepth = 32;
/** Ours: characters of all templates that one offline expansion goes through, linked ones each time they are used. */
export const maximumNestedSize = 8 * maximumTemplateSize;
/** Bicep (LanguageConstants) */
export const maximumAsserts = 32;

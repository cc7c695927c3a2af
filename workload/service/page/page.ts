import { expectedMatrix, type Row } from '../../expected-matrix.ts';
import type { CallTree } from '../call-tree.ts';
import { diagram } from './diagram.ts';
import { type Html, html } from './escape.ts';
import { flatten, type Observed, observe } from './observed.ts';
import { style } from './style.ts';
import { duration, inWords, outcome } from './words.ts';

export interface PageInput {
  /** The service that makes the page. */
  readonly service: string;
  readonly tree: CallTree;
  readonly now: Date;
  readonly tookMs: number;
}

/** The whole page, complete without script, font, image or any other request. */
export function renderPage(input: PageInput): string {
  const calls = observe(input.service, input.tree);
  const all = flatten(calls);
  const body = html`<a class="skip" href="#calls">To the list of calls</a>
<main>
<header>
<p class="kicker">Regulated AKS cluster · isolation check</p>
<h1>Who can call whom, tried just now</h1>
<p class="lead">Loading this page made <code>${input.service}</code> call every other service and two hosts outside the cluster. Each service that could be reached did the same.
Nothing is read from configuration: a green call got an answer just now, a red one did not.</p>
</header>
${verdict(all)}
<section aria-labelledby="map-heading">
<h2 id="map-heading">The call tree</h2>
<p class="note">A service that is reached makes its own calls, one column further. What is stopped goes no further.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Call tree, scrolls sideways">${diagram(input.service, calls)}</div>
</section>
<section aria-labelledby="flows-heading">
<h2 id="flows-heading">What may pass, and nothing else</h2>
<p class="note">Network policy, mutual TLS identities, the mesh’s registry and the firewall agree on these flows. Everything else must be red.</p>
<ul class="flows">${flows(input.service, all)}</ul>
</section>
<section id="calls" aria-labelledby="calls-heading">
<h2 id="calls-heading">Every call</h2>
<p class="note">In the order of the hops. Times include waiting for a connection that never came.</p>
${block(input.service, calls)}
</section>
<footer>Made ${input.now.toISOString()} in ${duration(input.tookMs)} by <code>${input.service}</code>. <a href="/">Try again</a></footer>
</main>`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title(all)} · isolation check</title>
<style>${{ markup: style }}</style>
</head>
<body>
${body}
</body>
</html>
`.markup;
}

interface Tally {
  readonly passed: number;
  readonly stopped: number;
  readonly leaks: readonly Observed[];
  readonly gaps: readonly Observed[];
}

function tally(all: readonly Observed[]): Tally {
  const odd = all.filter((one) => !one.asDesigned);
  return {
    passed: all.filter((one) => one.call.success).length,
    stopped: all.filter((one) => !one.call.success).length,
    leaks: odd.filter((one) => one.call.success),
    gaps: odd.filter((one) => !one.call.success),
  };
}

const title = (all: readonly Observed[]): string => `${tally(all).passed} passed, ${tally(all).stopped} stopped`;

function verdict(all: readonly Observed[]): Html {
  const { passed, stopped, leaks, gaps } = tally(all);
  const isTried = all.length > 0;
  const state = leaks.length > 0 ? 'bad' : gaps.length > 0 || !isTried ? 'warn' : 'good';
  const [heading, text] = {
    good: [
      'The isolation holds',
      `All ${all.length} calls went as designed: the ${inWords(passed)} that may pass did, the other ${stopped} were stopped.`,
    ],
    warn: isTried
      ? [
          'Stopped more than it should be',
          `${pairs(gaps)} should pass and did not. Right after a start this can be a cold service: load the page again.`,
        ]
      : ['Nothing was tried', 'This service is set up to call nobody, so the page shows nothing about isolation.'],
    bad: ['The isolation is broken', `${pairs(leaks)} got through and must be stopped.`],
  }[state] as [string, string];
  return html`<section class="verdict ${state}" aria-labelledby="verdict-heading" role="status" data-verdict="${state}">
<svg class="sign" viewBox="0 0 48 48" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="3.2" stroke-linecap="round" stroke-linejoin="round"><path d="M24 4l16 6v12c0 10.5-6.5 18-16 22C14.5 40 8 32.5 8 22V10z"/><path d="${state === 'good' ? 'M16.5 24.5l5.5 5.5 10-12' : 'M24 15v11m0 6.5v.1'}"/></svg>
<div><h2 id="verdict-heading">${heading}</h2><p>${text}</p></div>
<dl class="counts"><div><dt>passed</dt><dd class="passed">${passed}</dd></div><div><dt>stopped</dt><dd class="stopped">${stopped}</dd></div></dl>
</section>`;
}

const pairs = (ones: readonly Observed[]): string =>
  [...new Set(ones.map((one) => `${one.caller} → ${one.target}`))].join(', ');

function flows(service: string, all: readonly Observed[]): readonly Html[] {
  const gateway = html`<li><span class="sign elsewhere" aria-hidden="true">○</span><span>Application Gateway → ingress<small>on port 443, from its subnet alone; cannot be tried from here</small></span></li>`;
  return [gateway, ...expectedMatrix.filter((row) => row.stoppedBy.length === 0).map((row) => flow(row, service, all))];
}

function flow(row: Row, service: string, all: readonly Observed[]): Html {
  const tried = all.filter((one) => one.caller === row.caller && one.target === row.target);
  // The ingress's own call is the one that asked for this page, when it came that way: this service cannot tell.
  const isOwn = row.caller === 'ingress' && row.target === service;
  const [sign, state, word] = tried.some((one) => one.call.success)
    ? ['✓', 'seen', 'answered just now']
    : tried.length > 0
      ? ['✕', 'unseen', 'tried just now, no answer']
      : ['○', 'elsewhere', isOwn ? 'brings you this page' : 'not tried by this page load'];
  return html`<li><span class="sign ${state}" aria-hidden="true">${sign}</span><span>${row.caller} → ${row.target}<small>${row.because}; ${word}</small></span></li>`;
}

function block(caller: string, calls: readonly Observed[]): Html {
  if (calls.length === 0)
    return html`<p class="note">${caller} is the end of the chain: it was asked to call nobody.</p>`;
  return html`<details open><summary><h3>${caller} made ${inWords(calls.length)} calls</h3></summary>
<h4>Hosts outside</h4><ul class="calls">${calls.filter((one) => one.isExternal).map(item)}</ul>
<h4>Services</h4><ul class="calls">${calls.filter((one) => !one.isExternal).map(item)}</ul></details>`;
}

function item(one: Observed): Html {
  const { call } = one;
  const sentence = call.success ? 'Reached' : 'Could not reach';
  const odd = one.asDesigned ? [] : [html` <span class="badge">not as designed</span>`];
  const layers = one.expected?.stoppedBy ?? [];
  const design =
    layers.length === 0
      ? []
      : [html`<small>${call.success ? 'to be stopped by' : 'stopped by design'}: ${layers.join(', ')}</small>`];
  const below = call.success && !one.isExternal ? [block(one.target, one.below)] : [];
  return html`<li class="${call.success ? 'ok' : 'no'}" data-caller="${one.caller}" data-target="${one.target}" data-success="${String(call.success)}" data-status="${call.statusCode}">
<div class="line"><span class="sign" aria-hidden="true">${call.success ? '✓' : '✕'}</span><span>${sentence} <code>${call.uri}</code>${odd}${design}</span><span class="took">${outcome(call)}, ${duration(call.requestTimeInMs)}</span></div>
${below}</li>`;
}

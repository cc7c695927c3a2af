import { createHash } from 'node:crypto';

/** The page's whole style. Colour never speaks alone: every outcome has its sign and its words too. */
export const style = `
:root{color-scheme:light dark;--ground:#f6f7f9;--card:#fff;--ink:#16202b;--soft:#566373;--line:#dde2e8;
--good:#0b7a43;--good-ground:#e7f6ed;--bad:#b3261e;--bad-ground:#fdeeec;--warn:#8a5300;--warn-ground:#fff4e0;--accent:#1a4f8b;
--shadow:0 1px 2px rgb(16 24 40/.06),0 4px 16px rgb(16 24 40/.05)}
@media (prefers-color-scheme:dark){:root{--ground:#0f141a;--card:#182029;--ink:#e8edf2;--soft:#a3b0be;--line:#2c3742;
--good:#5fd39a;--good-ground:#12301f;--bad:#ff9389;--bad-ground:#3a1b19;--warn:#f3bf6b;--warn-ground:#352710;--accent:#8dbcf2;--shadow:none}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main{max-width:71rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}
h1{font-size:clamp(1.6rem,1.1rem + 2vw,2.3rem);line-height:1.15;letter-spacing:-.02em;margin:.25rem 0 .6rem;text-wrap:balance}
h2{font-size:1.2rem;letter-spacing:-.01em;margin:0 0 .2rem}
h3{font-size:1rem;margin:0}
h4{font-size:.75rem;text-transform:uppercase;letter-spacing:.07em;color:var(--soft);margin:.85rem 0 .35rem}
p{margin:.35rem 0}
a{color:var(--accent)}
a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:6px}
.kicker{font-size:.8rem;font-weight:600;letter-spacing:.08em;text-transform:uppercase;color:var(--accent);margin:0}
.lead{max-width:46rem;color:var(--soft);font-size:1.05rem}
.skip{position:absolute;left:-100vw}.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem .75rem}
section{background:var(--card);border:1px solid var(--line);border-radius:14px;box-shadow:var(--shadow);padding:1.35rem 1.5rem;margin-top:1.25rem}
.verdict{display:grid;grid-template-columns:auto 1fr auto;gap:1.1rem;align-items:center;border-left-width:6px}
.verdict.good{border-left-color:var(--good)}.verdict.bad{border-left-color:var(--bad)}.verdict.warn{border-left-color:var(--warn)}
.verdict svg{width:2.9rem;height:2.9rem}
.good>.sign{color:var(--good)}.bad>.sign{color:var(--bad)}.warn>.sign{color:var(--warn)}
.counts{display:flex;gap:1.6rem;margin:0;text-align:center}
.counts div{display:flex;flex-direction:column-reverse}
.counts dt{font-size:.75rem;color:var(--soft)}
.counts dd{margin:0;font-size:1.9rem;font-weight:680;line-height:1.1;font-variant-numeric:tabular-nums}
.passed{color:var(--good)}.stopped{color:var(--bad)}
.note{color:var(--soft);font-size:.92rem}
.scroll{overflow-x:auto;margin:1rem -.5rem 0;padding:0 .5rem .25rem}
.map{display:block;min-width:60rem;width:100%;height:auto}
.map text{font-family:inherit;fill:var(--ink)}
.map .column{font-size:11.5px;fill:var(--soft);font-weight:600}
.map .name{font-size:13px;font-weight:600}
.map .fact{font-size:11.5px;fill:var(--soft)}
.map rect{fill:var(--card);stroke:var(--line);stroke-width:1.5}
.map .ok rect{fill:var(--good-ground);stroke:var(--good)}
.map .no rect{fill:var(--bad-ground);stroke:var(--bad);stroke-dasharray:5 4}
.map path{fill:none;stroke-width:1.75}
.map .edge-ok{stroke:var(--good);stroke-width:2.5}
.map .edge-no{stroke:var(--bad);stroke-dasharray:5 4;opacity:.75}
.map .mark{stroke-width:2.4;stroke-linecap:round;stroke-linejoin:round}
.map .ok .mark{stroke:var(--good)}.map .no .mark{stroke:var(--bad)}
.map .odd rect{stroke:var(--warn);stroke-width:3.5}.map .odd .fact{fill:var(--warn);font-weight:700}
.flows{list-style:none;margin:.75rem 0 0;padding:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,21rem),1fr));gap:.5rem}
.flows li{display:grid;grid-template-columns:1.4rem 1fr;gap:.5rem;padding:.55rem .75rem;border:1px solid var(--line);border-radius:10px}
.flows small{display:block;color:var(--soft)}
details{border-left:2px dashed var(--line);padding:.1rem 0 .1rem 1.1rem;margin:.8rem 0 .3rem .35rem}
details details{margin-top:.5rem}
summary{cursor:pointer;margin-left:-.35rem;padding:.1rem .35rem}
summary h3{display:inline}
.calls{list-style:none;margin:0;padding:0}
.calls>li{padding:.3rem 0}
.line{display:grid;grid-template-columns:1.4rem 1fr auto;gap:.5rem;align-items:baseline;padding:.3rem .6rem;border-radius:8px}
.ok>.line{background:var(--good-ground)}.no>.line{background:var(--bad-ground)}
.sign{font-weight:700}
.ok>.line .sign,.flows .seen{color:var(--good)}.no>.line .sign,.flows .unseen{color:var(--bad)}.flows .elsewhere{color:var(--soft)}
.line small{display:block;color:var(--soft);font-size:.82rem}
.line .took{color:var(--soft);font-size:.85rem;font-variant-numeric:tabular-nums;white-space:nowrap}
.badge{font-size:.75rem;font-weight:650;border-radius:99px;padding:.05rem .55rem;background:var(--warn-ground);color:var(--warn);white-space:nowrap}
code{font:.9em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
footer{color:var(--soft);font-size:.85rem;margin-top:1.5rem}
@media (max-width:40rem){.verdict{grid-template-columns:auto 1fr}.counts{grid-column:1/-1;justify-content:flex-start}section{padding:1.1rem}
.line{grid-template-columns:1.4rem 1fr}.line small{display:block;color:var(--soft);font-size:.82rem}
.line .took{grid-column:2}}
@media print{body{background:#fff}section{break-inside:avoid;box-shadow:none}}
`;

const hash = createHash('sha256').update(style).digest('base64');

/** Nothing may be loaded, framed or submitted; the one style is named by its hash. */
export const contentSecurityPolicy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

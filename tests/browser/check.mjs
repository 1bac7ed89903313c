// The pages in Chromium (TAP): no error, no request, nothing that axe finds serious, every interaction by mouse and
// keys, light, dark, phone, print, without script; an article that tries to break out stays text.
//   node tests/browser/check.mjs KIJI FOLDER_FOR_SCREENSHOTS
import { chromium } from "playwright-core";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const [kiji, shots] = process.argv.slice(2).map((p) => resolve(p));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const article = `${here}/article.txt`;
const hostile = `${here}/hostile.txt`;
let number = 0;
let failed = 0;

function ok(good, name, detail = "") {
  number++;
  failed += !good;
  console.log(`${good ? "ok" : "not ok"} ${number} - ${name}`);
  if (!good && detail !== "") console.log(String(detail).replace(/^/gm, "# "));
}

const run = (...args) => execFileSync(kiji, args, { maxBuffer: 1 << 28 });
mkdirSync(shots, { recursive: true });
const page1 = `${shots}/article.html`;
const page2 = `${shots}/hostile.html`;
const page3 = `${shots}/several.html`;
writeFileSync(page1, run("-f", "html", article));
writeFileSync(page2, run("-f", "html", hostile));
writeFileSync(page3, run("-f", "html", "--explain", article, hostile));
const record = JSON.parse(run("-f", "jsonl", "--with-text", article));

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--headless"],
});

// A page with all that it must not do recorded.
async function open(file, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("console", (m) => ["error", "warning"].includes(m.type()) && faults.push(`console: ${m.text()}`));
  page.on("pageerror", (e) => faults.push(`error: ${e.message}`));
  page.on("dialog", (d) => (faults.push(`dialog: ${d.message()}`), d.dismiss()));
  page.on("request", (r) => r.url().startsWith("data:") || r.isNavigationRequest() || faults.push(`request: ${r.url()}`));
  page.on("framenavigated", (f) => f.url().startsWith("file:") || faults.push(`navigated: ${f.url()}`));
  await page.goto(pathToFileURL(file).href);
  return { page, faults, context };
}

async function serious(page) {
  // Through the debugger's own world: the page's policy stays as it is.
  await page.evaluate(axe);
  const result = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  return result.violations
    .filter((v) => ["serious", "critical", "moderate"].includes(v.impact))
    .map((v) => `${v.impact} ${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html).join(" | ")}`);
}

const pages = [[page1, "an article"], [page2, "a hostile article"], [page3, "several articles"]];
const folder = `${shots}/site`;
try {
  run("-f", "html", "-o", `${folder}/`, article, hostile);
} catch (error) {
  ok(false, "kiji -f html -o FOLDER/", error.message);
}
if (existsSync(`${folder}/index.html`)) {
  pages.push([`${folder}/index.html`, "the index"], [`${folder}/who.html`, "who said what"], [`${folder}/article.html`, "a page of the folder"]);
}

for (const [file, name] of pages) {
  for (const colorScheme of ["light", "dark"]) {
    const { page, faults, context } = await open(file, { colorScheme });
    const found = await serious(page);
    ok(found.length === 0, `${name}, ${colorScheme}: axe finds nothing`, found.join("\n"));
    ok(faults.length === 0, `${name}, ${colorScheme}: no error, no request`, faults.join("\n"));
    await page.screenshot({ path: `${file.replace(/\.html$/, "")}-${colorScheme}.png`, fullPage: true });
    await context.close();
  }
  const { page, faults, context } = await open(file, { viewport: { width: 360, height: 740 }, isMobile: true, deviceScaleFactor: 2 });
  const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  ok(wide <= 360 && seen === 360, `${name}: fits a phone`, `${wide} of 360, ${seen}`);
  await page.screenshot({ path: `${file.replace(/\.html$/, "")}-phone.png`, fullPage: true });
  ok(faults.length === 0, `${name}: no error on a phone`, faults.join("\n"));
  await context.close();
}

{
  const { page, faults, context } = await open(page1);
  const text = await page.locator(".text").evaluate((e) => {
    const copy = e.cloneNode(true);
    copy.querySelectorAll(".by, .about, section").forEach((n) => n.remove());
    return copy.textContent.replace(/\s/g, "");
  });
  ok(text === record.text.replace(/\s/g, ""), "the article's text is on the page, nothing else in it", text);
  const mentions = record.entities.reduce((n, e) => n + e.mentions.length, 0);
  ok((await page.locator(".text .m").count()) >= mentions, `all ${mentions} mentions are marked`);
  ok((await page.locator(".quotes > li").count()) === record.quotes.length, `all ${record.quotes.length} quotes are listed`);
  for (let i = 0; i < record.quotes.length; i++) {
    if ((await page.locator(`[id$="-q${i + 1}"]`).count()) !== 1) ok(false, `quote ${i + 1} is marked once`);
  }

  const entity = record.entities.find((e) => e.mentions.length > 1) ?? record.entities[0];
  const id = entity.id.slice(1);
  await page.locator(`.text .m[data-e="${id}"]`).first().click();
  ok((await page.locator(".m.lit").count()) >= entity.mentions.length &&
     (await page.locator(`.m.lit:not([data-e="${id}"])`).count()) === 0, "a click on a name lights up its mentions");
  ok((await page.locator(`.tag[data-e="${id}"]`).getAttribute("aria-pressed")) === "true", "its entry says pressed");
  await page.screenshot({ path: `${shots}/lit.png` });
  await page.locator(`.tag[data-e="${id}"]`).click();
  ok((await page.locator(".m.lit").count()) === 0, "a click on its entry puts them out");
  await page.locator(`.tag[data-e="${id}"]`).focus();
  await page.keyboard.press(" ");
  ok((await page.locator(".m.lit").count()) >= entity.mentions.length, "the space key lights them up");
  await page.keyboard.press("Escape");
  ok((await page.locator(".m.lit").count()) === 0, "Escape puts them out");
  await page.keyboard.press("Enter");
  ok((await page.locator(".m.lit").count()) >= entity.mentions.length, "Enter lights them up");

  const speaker = record.quotes.find((q) => q.speaker).speaker;
  const said = record.quotes.filter((q) => q.speaker === speaker).length;
  const link = page.locator(`.quotes .speaker[data-e="${speaker.slice(1)}"]`).first();
  await link.click();
  ok((await page.locator(".quotes > li:visible").count()) === said, "a click on a speaker lists the quotes");
  ok((await page.locator(".status").textContent()).includes(`${said}件`), "and says how many");
  await page.locator(".status button").click();
  ok((await page.locator(".quotes > li:visible").count()) === record.quotes.length, "the button lists all again");
  await link.focus();
  await page.keyboard.press("Enter");
  ok((await page.locator(".quotes > li:visible").count()) === said, "the same by keys");
  await page.locator("aside summary").first().focus();
  await page.keyboard.press("Enter");
  const first = page.locator("aside details[open] a").first();
  await first.click();
  ok(/#a[0-9a-f]+-q\d+$/.test(page.url()) && (await page.locator(":target.q").count()) === 1, "a quote in the panel leads to its place in the text");
  ok(faults.length === 0, "nothing of this asks the network", faults.join("\n"));

  const shown = await page.locator("aside h3").evaluateAll((all) => all.map((h) => h.id));
  const links = await page.locator("aside .lists a").evaluateAll((all) => all.map((a) => a.getAttribute("href").slice(1)));
  ok(shown.length > 2 && links.join() === shown.join(), "the panel begins with links to all its lists", `${links} ${shown}`);
  await page.locator('aside .lists a[href$="-weapon"]').click();
  await page.waitForTimeout(500);
  ok(await page.locator('h3[id$="-weapon"]').evaluate((h) => { const r = h.getBoundingClientRect(); return r.top >= 0 && r.bottom <= window.innerHeight; }),
     "and one of them brings its list into view");

  let reached = 0;
  await page.evaluate(() => (document.activeElement.blur(), window.getSelection().removeAllRanges()));
  await page.goto(pathToFileURL(page1).href);
  const wanted = await page.evaluate(() => [...document.querySelectorAll("a[href], button, summary, [tabindex='0']")].filter((e) => e.checkVisibility()).length);
  for (; reached < 1000; reached++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement === document.body)) break;
  }
  ok(reached === wanted, "the tab key reaches all that can be clicked", `${reached} of ${wanted}`);
  await page.emulateMedia({ media: "print" });
  ok(!(await page.locator(".status").isVisible()), "print leaves out what is only for the screen");
  await page.screenshot({ path: `${shots}/print.png`, fullPage: true });
  const pdf = await page.pdf({ path: `${shots}/print.pdf`, format: "A4" });
  ok(pdf.length > 10000, "it prints");
  await context.close();
}

{
  const { page, faults, context } = await open(page1, { javaScriptEnabled: false });
  ok((await page.locator(".text p").first().isVisible()) && (await page.locator(".quotes > li:visible").count()) === record.quotes.length,
     "without script everything can be read");
  await page.locator("aside summary").first().click();
  ok(await page.locator("aside details[open] li").first().isVisible(), "and a speaker's quotes open");
  ok(!(await page.locator(".status").isVisible()), "and nothing shows that would do nothing");
  await page.screenshot({ path: `${shots}/no-script.png`, fullPage: true });
  ok(faults.length === 0, "without an error", faults.join("\n"));
  await context.close();
}

{
  const { page, faults, context } = await open(page2);
  const found = await page.evaluate(() => ({
    title: document.title,
    scripts: document.scripts.length,
    bad: document.querySelectorAll("img, svg, iframe, object, embed, base, form, main script, main style, main meta, b, i").length,
    handlers: [...document.querySelectorAll("*")].flatMap((e) => e.getAttributeNames()).filter((n) => n.startsWith("on")),
    links: [...document.querySelectorAll("a")].map((a) => a.getAttribute("href")).filter((h) => !h.startsWith("#")),
  }));
  ok(found.title === "kiji" && found.scripts === 1 && found.bad === 0 && found.handlers.length === 0 && found.links.length === 0,
     "a hostile article stays text", JSON.stringify(found));
  const hostileText = readFileSync(hostile, "utf8").split("\n").find((l) => l.includes("<svg"));
  ok((await page.locator("main").textContent()).includes(hostileText.slice(0, 30)), "and all of it is shown");
  const shown = await page.locator("main").textContent();
  ok(!/[\u0000-\u0008\u000b-\u001f\u202a-\u202e]/.test(shown) && shown.includes("␛") && shown.includes("<U+202E>"), "its controls are shown, not obeyed");
  for (const node of await page.locator("main a").all()) await node.hover({ force: true, timeout: 2000 }).catch(() => {});
  ok(faults.length === 0, "moving over all of it does nothing", faults.join("\n"));
  await page.evaluate(() => { const s = document.createElement("script"); s.textContent = "document.title = 'broken'"; document.body.append(s);
    const i = document.createElement("img"); i.src = "http://127.0.0.1:9/x.png"; document.body.append(i); });
  await page.waitForTimeout(200);
  ok((await page.title()) === "kiji" && faults.filter((f) => f.includes("Content Security Policy")).length >= 2,
     "and if something got in, the policy would stop it", faults.join("\n"));
  await context.close();
}

if (existsSync(`${folder}/index.html`)) {
  const { page, faults, context } = await open(`${folder}/index.html`);
  const all = await page.locator("[data-find]:visible").count();
  await page.locator("input[type=search]").fill("木原");
  const some = await page.locator("[data-find]:visible").count();
  ok(all > some && some > 0, `searching people narrows the list (${all} to ${some})`);
  ok((await page.locator("[data-find]:visible").first().textContent()).includes("木原"), "to those of the name");
  await page.locator("input[type=search]").fill("防衛大臣 JP");
  ok((await page.locator("[data-find]:visible").count()) > 0, "offices are found as well");
  await page.locator("input[type=search]").fill("そんな人はいない");
  ok((await page.locator("[data-find]:visible").count()) === 0 && (await page.locator("#found").textContent()) === "0件", "nobody is found where nobody is");
  await page.locator("input[type=search]").fill("");
  ok((await page.locator("figure svg").count()) >= 2, "plots are drawn");
  await page.locator('main a[href="article.html"]:visible').first().click();
  await page.waitForURL(/article\.html/);
  await page.locator('nav a[href="who.html"]').click();
  ok((await page.locator('nav a[aria-current="page"]').getAttribute("href")) === "who.html", "the page that is looked at is marked among the links");
  ok((await page.locator("blockquote").count()) >= record.quotes.filter((q) => q.speaker).length, "who said what lists the quotes of all speakers");
  await page.locator("input[type=search]").fill("木原");
  const left = await page.locator("section[data-find]:visible").count();
  ok(left > 0 && left < (await page.locator("section[data-find]").count()) && (await page.locator("section[data-find]:visible h2").first().textContent()).includes("木原"),
     "a speaker can be searched there", left);
  await page.locator("input[type=search]").fill("");
  await page.locator("blockquote a").first().click();
  ok(/\.html#a[0-9a-f]+-q\d+$/.test(page.url()) && (await page.locator(":target").count()) === 1, "and each leads to its place in its article");
  ok(faults.length === 0, "no error on the way", faults.join("\n"));
  await context.close();
}

await browser.close();
console.log(`1..${number}`);
process.exit(failed === 0 ? 0 : 1);

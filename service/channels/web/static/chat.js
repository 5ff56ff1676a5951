// The talk without reloading: answers arrive as a stream, replies are copied, the history stays in this browser.
"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const composer = $("#composer"), log = $("#log"), status = $("#status"), problem = $("#problem");
  const field = composer.elements.text, words = composer.dataset;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let busy = false;

  // ── what is shown ──
  // Made by our own templates, every value escaped; the browser lets no other text become HTML.
  const ours = (window.trustedTypes || { createPolicy: (_, rules) => rules }).createPolicy("kotowari", { createHTML: (html) => html });
  const make = (html) => {
    const holder = document.createElement("template");
    holder.innerHTML = ours.createHTML(html);
    return holder.content.firstElementChild;
  };
  const element = (name, className, text) => Object.assign(document.createElement(name), { className, textContent: text });
  const say = (text) => { status.textContent = ""; setTimeout(() => { status.textContent = text; }, 50); };
  const revive = (root) => $$(".copy", root).forEach((button) => { button.hidden = false; });
  const complain = (text) => {
    problem.textContent = text; problem.hidden = !text;
    field.toggleAttribute("aria-invalid", Boolean(text));
    if (text) { field.setAttribute("aria-invalid", "true"); field.focus(); }
  };
  const lookAt = (target, focused) => {
    target.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
    (focused || target).focus({ preventScroll: true });
  };
  const showPending = (text) => {
    const article = element("article", "exchange", "");
    const bubble = element("p", "bubble pending verbatim", text);
    bubble.dir = "auto";
    article.append(bubble, element("p", "pending-note", words.waiting));
    document.body.classList.add("talking");
    log.append(article);
    article.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    say(words.waiting);
    return article;
  };

  // ── the stream ──
  async function* readEvents(response) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      text += value;
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        const [, name, data] = /^event: (\w+)\ndata: ([^\n]*)$/.exec(text.slice(0, end)) || [];
        text = text.slice(end + 2);
        if (name) yield [name, JSON.parse(data)];
      }
    }
  }
  const call = (path, fields, accept) => fetch(`${path}?lang=${document.documentElement.lang}`, {
    method: "POST", body: new URLSearchParams(fields), headers: { Accept: accept },
  });

  const learn = (known) => {
    for (const name of ["about", "register"]) if (name in known) composer.elements[name].value = known[name];
    for (const name of ["platform", "stage"]) {
      const value = known[name] && !(name === "stage" && known[name] === "unknown") ? known[name] : "";
      const choice = $$(`[name="${name}"]`, composer).find((each) => each.value === value);
      if (choice) choice.checked = true;
    }
  };

  // `pending` stands where the answer will stand; `place` puts the answer's article on the page and returns it.
  async function consult(fields, pending, place) {
    if (busy) return;
    busy = true; complain("");
    let article = null;
    const waits = setTimeout(() => composer.setAttribute("aria-busy", "true"), 100);
    try {
      const response = await call("/chat", fields, "text/event-stream");
      if (!response.ok) throw new Error((await response.json()).error.message);
      if ((response.headers.get("content-type") || "").includes("json")) {
        showNote(await response.json(), pending);
        return;
      }
      for await (const [name, data] of readEvents(response)) {
        if (name === "answer") {
          article = place(make(data.html), data);
          busy = false; clearTimeout(waits); composer.removeAttribute("aria-busy");
        } else if (article) hearOf(name, data, article);
      }
    } catch (error) {
      if (article) finish(article);
      else { pending?.remove(); complain(error instanceof TypeError ? words.offline : error.message); settle(); }
    } finally {
      busy = false; clearTimeout(waits); composer.removeAttribute("aria-busy");
    }
  }
  const settle = () => document.body.classList.toggle("talking", Boolean($("article", log)));

  function hearOf(name, data, article) {
    const line = $(".wording", article);
    if (name === "waiting" && line) {
      line.textContent = line.dataset.waiting; line.classList.add("busy"); line.hidden = false;
    } else if (name === "wording") {
      if (!article.dataset.touched) return rewrite(article, data);
      const offer = Object.assign(element("button", "quiet", line.dataset.ready), { type: "button" });
      offer.addEventListener("click", () => rewrite(article, data));
      line.classList.remove("busy"); line.replaceChildren(offer);
    } else if (name === "done") finish(article);
  }
  const finish = (article) => {
    const line = $(".wording.busy", article);
    if (line) { line.hidden = true; line.classList.remove("busy"); }
    const feedback = $(".feedback", article);
    if (feedback) feedback.hidden = false;
  };
  const rewrite = (article, parts) => {
    for (const [name, html] of Object.entries(parts)) replacePart(article, name, make(html));
  };
  function replacePart(article, name, fresh) {
    const old = $(`[data-part="${name}"]`, article);
    const chosen = $$(".tabs input", old).findIndex((each) => each.checked);
    old.replaceWith(fresh);
    const again = $$(".tabs input", fresh)[chosen];
    if (again) again.checked = true;
    revive(fresh);
  }

  function showNote(data, pending) {
    pending?.remove();
    if (data.note === "reset") { log.replaceChildren(); learn({ about: "", register: "polite", platform: "", stage: "" }); settle(); field.focus(); return; }
    learn(data.situation);
    const article = make(data.html);
    document.body.classList.add("talking");
    log.append(article); field.value = "";
    lookAt(article, $(".note-card", article)); say($(".note-card p", article).textContent);
  }

  const ask = (fields, text) => {
    if (busy) return;
    const pending = text.trim() ? showPending(text) : null;
    consult(fields, pending, (article, data) => {
      pending ? pending.replaceWith(article) : log.append(article);
      document.body.classList.add("talking");
      $(".situation", composer).open = false;
      revive(article); learn(data); field.value = ""; field.dispatchEvent(new Event("input"));
      if (!data.said) remember(data);
      lookAt(article, $("h2", article));
      say(`${data.word}。${data.summary}`);
      return article;
    });
  };
  const retone = (fields, article) => consult(fields, null, (fresh, data) => {
    replacePart(article, "drafts", $('[data-part="drafts"]', fresh));
    delete article.dataset.touched;
    $$('[name="register"]', article).forEach((each) => { each.value = data.register; });
    learn({ register: data.register });
    const chosen = $('.switch [aria-pressed="true"]', article);
    chosen.focus(); say(words.tone.replace("{tone}", chosen.textContent));
    return article;
  });

  // ── what is pressed ──
  const fieldsOf = (form, button) => {
    const fields = [...new FormData(form)];
    if (button && button.name) fields.push([button.name, button.value]);
    return fields;
  };
  composer.addEventListener("submit", (event) => { event.preventDefault(); ask(fieldsOf(composer), field.value); });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); composer.requestSubmit(); }
  });
  field.addEventListener("input", () => {
    const count = [...field.value].length, longest = Number(words.longest), line = $("#count");
    line.hidden = count < longest * 0.8;
    line.classList.toggle("over", count > longest);
    line.textContent = (count > longest ? words.over : words.count).replace("{count}", count.toLocaleString()).replace("{longest}", longest.toLocaleString());
    if (!problem.hidden) { problem.hidden = true; field.removeAttribute("aria-invalid"); }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter;
    if (form === composer || !form.matches(".follow, .examples, .feedback")) return;
    event.preventDefault();
    if (form.matches(".feedback")) rate(form, button);
    else if (form.matches(".tones")) retone(fieldsOf(form, button), form.closest("article"));
    else ask(fieldsOf(form, button), button.value);
  });
  document.addEventListener("click", (event) => { const button = event.target.closest(".copy"); if (button) copy(button); });
  log.addEventListener("input", (event) => { const article = event.target.closest("article"); if (article) article.dataset.touched = "1"; });

  async function copy(button) {
    const box = $("textarea", button.parentElement);
    button.closest("article").dataset.touched = "1";
    let copied = false;
    try { if (navigator.clipboard) { await navigator.clipboard.writeText(box.value); copied = true; } } catch { /* not allowed: the older way follows */ }
    if (!copied) { box.focus(); box.select(); try { copied = document.execCommand("copy"); } catch { copied = false; } if (copied) button.focus(); }
    const label = button.dataset.label || (button.dataset.label = button.textContent);
    if (copied) { button.textContent = words.copied; button.classList.add("done"); setTimeout(() => { button.textContent = label; button.classList.remove("done"); }, 2500); }
    say(copied ? words.copied : words.copyFailed);
    if (!copied) { button.after(element("p", "small", words.copyFailed)); button.remove(); }
  }

  async function rate(form, button) {
    try {
      const response = await call("/feedback", fieldsOf(form, button), "application/json");
      const told = await response.json();
      form.replaceChildren(Object.assign(element("p", "thanks", told.message || told.error.message), { tabIndex: -1 }));
      form.firstChild.focus(); say(form.textContent);
    } catch { complain(words.offline); }
  }

  // ── the history: in this browser alone ──
  const KEY = "kotowari.history", MOST = 20;
  const recall = () => { try { const kept = JSON.parse(localStorage.getItem(KEY)); return Array.isArray(kept) ? kept : []; } catch { return []; } };
  const keep = (entries) => { try { localStorage.setItem(KEY, JSON.stringify(entries)); } catch { /* full or closed: nothing is kept */ } drawHistory(); };
  const remember = ({ about, platform, stage, sign, word }) =>
    keep([{ text: about, platform, stage, sign, word, at: Date.now() }, ...recall().filter((each) => each.text !== about)].slice(0, MOST));
  function drawHistory() {
    const entries = recall(), list = $("#history-list");
    $("#history").hidden = entries.length === 0;
    $("#history-count").textContent = entries.length;
    list.replaceChildren(...entries.map((entry, index) => {
      const row = document.createElement("li"), open = element("button", "bare", ""), remove = element("button", "bare remove", "✕");
      open.type = remove.type = "button";
      open.append(element("bdi", "what", String(entry.text)), element("span", "small soft", `${entry.sign} ${entry.word}・${new Date(entry.at).toLocaleDateString()}`));
      open.title = words.open; remove.setAttribute("aria-label", `${words.remove}: ${String(entry.text).slice(0, 30)}`);
      open.addEventListener("click", () => { learn({ about: "", platform: entry.platform, stage: entry.stage }); ask([...fieldsOf(composer).filter(([name]) => name !== "text"), ["text", entry.text]], entry.text); });
      remove.addEventListener("click", () => { keep(recall().filter((_, other) => other !== index)); say(words.removed); ($(".remove", list) || field).focus(); });
      row.append(open, remove);
      return row;
    }));
  }
  $("#history-clear").addEventListener("click", () => { try { localStorage.removeItem(KEY); } catch { /* closed */ } drawHistory(); say(words.cleared); field.focus(); });

  drawHistory();
  revive(document);
  if (!$("article", log) && !problem.hidden) field.focus();
})();

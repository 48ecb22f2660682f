/* The search page's script.  Its index comes from scripts/search/, which folds text in the same way.
   Kept within what a WebView of 2021 knows. */
(() => {
  "use strict";
  const STEP = 10; /* results shown at a time */
  const AROUND = 90; /* characters of a snippet */
  const form = document.getElementById("find");
  const root = form.dataset.root;
  const files = {};
  let index, weights;

  const get = (name) => files[name] = files[name] || fetch(root + "assets/search/" + name + ".json")
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(name)))
    .catch((error) => { delete files[name]; throw error; });

  const most = (list, value) => list.sort((a, b) => value(b) - value(a))[0];

  /* ---- comparing */

  /* Folded text, and for each of its characters where it stands in the original. */
  function fold(original) {
    let text = "", gap = false, place = 0;
    const at = [];
    for (const letter of original) {
      for (const plain of letter.normalize("NFKC").toLowerCase()) {
        if (!/[\p{L}\p{N}_.%+]/u.test(plain)) { gap = true; continue; }
        const joint = gap && /\d$/.test(text) && /\d/.test(plain) ? " " : "";
        for (const unit of joint + plain) { text += unit; while (at.length < text.length) { at.push(place); } }
        gap = false;
      }
      place += letter.length;
    }
    return { text, at: [...at, place] };
  }

  /* Where a word stands in folded text, from a position on; -1: nowhere.  A number is found whole: 24 is not in 2024. */
  function find(text, word, from) {
    for (let i = text.indexOf(word, from); i >= 0; i = text.indexOf(word, i + 1)) {
      const begins = !/^\d/.test(word) || !/[\d.]/.test(text.charAt(i - 1));
      const ends = !/\d$/.test(word) || !/^\.?\d/.test(text.substr(i + word.length, 2));
      if (begins && ends) { return i; }
    }
    return -1;
  }

  const has = (text, word) => find(text, word, 0) >= 0;

  function places(text, forms) {
    const found = [];
    for (const form of forms) {
      for (let i = find(text, form, 0); i >= 0; i = find(text, form, i + form.length)) { found.push([i, i + form.length]); }
    }
    return found.sort((a, b) => a[0] - b[0]);
  }

  /* ---- what a word means */

  function hanNumber(text) {
    let sum = 0, digit = 0;
    for (const han of text) {
      const unit = { 十: 10, 百: 100 }[han];
      if (unit) { sum += (digit || 1) * unit; digit = 0; } else { digit = "零一二三四五六七八九".indexOf(han); }
    }
    return sum + digit;
  }

  function numberOf(word) {
    const digits = /^(?:第|任务)*0*(\d{1,4})(?:号|项)?(?:任务)?$/.exec(word);
    const han = /^第?([零一二三四五六七八九十百]+)[号项]$/.exec(word);
    return digits ? +digits[1] : han ? hanNumber(han[1]) : 0;
  }

  const scattered = (word, name) => { let at = -1; return [...word].every((letter) => (at = name.indexOf(letter, at + 1)) >= 0); };

  /* Other names of the unit that a word names: 教育委员会 is 县教委; so is 教育局, and 卫健委 is 县卫生健康委. */
  function namesOf(word) {
    const size = word.length, last = word.slice(-1), trade = word.slice(0, -1);
    const those = (fits) => index.units.filter((unit) => unit.some(fits));
    let found = those((name) => name.includes(word));
    if (found.length) { found = those((name) => name.includes(word) && size > 1 && size * 2 >= name.length); }
    else if (size > 2 && /[局委办会镇乡]/.test(last)) {
      found = those((name) => name.endsWith(last) && scattered(word, name));
      if (!found.length) { found = those((name) => name.includes(trade)); }
    }
    return found.flat().filter((name) => !name.includes(word));
  }

  /* A word as typed: the number that it may be, and the forms to look for. */
  const meant = (word) => ({ number: numberOf(word), forms: [word, ...namesOf(word)] });

  /* ---- ranking */

  function prepare(record) {
    if (!record.parts) {
      record.names = [record.t, ...(record.a || [])].map((name) => fold(name).text);
      record.parts = record.x.map(([field, label, anchor, text, pieces], i) =>
        ({ i, field, label, anchor, text, pieces, weight: weights[field] || 0, folded: fold(text), named: fold(label).text }));
    }
    return record;
  }

  const titleWeight = (names, form) => (names.includes(form) ? index.same : names.some((name) => has(name, form)) ? weights.title : 0);

  /* How well a record answers all words, or null.  `held`: how many of them each paragraph has. */
  function match(record, words) {
    const held = prepare(record).parts.map(() => 0);
    let score = 0, often = 0, headed = true;
    for (const word of words) {
      const own = word.number && word.number === record.n; /* its number: what else the digits stand in is no matter */
      let best = own ? weights.number : Math.max(...word.forms.map((form) => titleWeight(record.names, form)));
      headed = headed && best > 0;
      for (const part of own ? [] : record.parts.filter((each) => each.weight)) {
        const times = places(part.folded.text, word.forms).length;
        const labelled = !times && words.length > 1 && has(part.named, word.forms[0]);
        often += times;
        held[part.i] += times ? { lead: 0.5, help: 0.5, note: 0.8 }[part.field] || 1 : labelled ? 0.9 : 0;
        best = Math.max(best, times ? part.weight : labelled ? weights.note : 0);
      }
      if (!best) { return null; }
      score += best;
    }
    return { record, words, score, often, headed, held };
  }

  const better = (a, b) => b.score - a.score || index.kinds.indexOf(a.record.k) - index.kinds.indexOf(b.record.k) || b.often - a.often;

  /* Words apart, or run together: 农 贸 市 场. */
  function answers(records, words, whole) {
    return records.map((record) => {
      const apart = match(record, words), joined = words.length > 1 && match(record, [whole]);
      if (joined) { joined.score += 100 + (apart ? apart.score : 0); }
      return joined || apart;
    }).filter(Boolean).sort(better);
  }

  /* No record has the word: those that have at least half of its pairs of letters. */
  function nearby(records, pairs) {
    return records.map((record) => {
      const found = pairs.map((pair) => match(record, [pair])).filter(Boolean);
      if (found.length * 2 < pairs.length) { return null; }
      const sum = (name) => found.reduce((all, each) => all + each[name], 0);
      const held = record.parts.map((part) => found.reduce((all, each) => all + each.held[part.i], 0));
      return { record, words: found.flatMap((each) => each.words), score: sum("score"), often: sum("often"), headed: false, held };
    }).filter(Boolean).sort(better);
  }

  const couples = (text) => { const letters = [...text]; return letters.slice(1).map((letter, i) => letters[i] + letter); };

  /* ---- where the index is in shards: which records may answer */

  async function listed(key) {
    const shard = [...key].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 65521, 0) % index.shards;
    let id = 0;
    return new Map(((await get("b" + shard))[key] || []).map((step) => [id += step >> 3, step & 7]));
  }

  async function listedForm(form) {
    const lists = await Promise.all((form.length > 1 ? couples(form) : [form]).map(listed));
    const ids = [...lists[0].keys()].filter((id) => lists.every((list) => list.has(id)));
    return ids.map((id) => [id, Math.max(...lists.map((list) => list.get(id)))]);
  }

  async function listedWord(word) {
    const exact = [...word.forms.map((form) => "=" + form), ...(word.number ? ["#" + word.number] : [])];
    const found = await Promise.all([...word.forms.map(listedForm), ...exact.map(listed)]);
    return new Map(found.flatMap((list) => [...list]).sort((a, b) => b[1] - a[1]));
  }

  /* The likeliest records with `enough` of the words: [how many in all, records]. */
  async function likely(words, enough, limit) {
    if (index.records) { return [0, index.records]; }
    const heavy = Object.values(weights), sums = new Map();
    for (const list of await Promise.all(words.map(listedWord))) {
      list.forEach((field, id) => { const [n, sum] = sums.get(id) || [0, 0]; sums.set(id, [n + 1, sum + heavy[field]]); });
    }
    const ids = [...sums.keys()].filter((id) => sums.get(id)[0] >= enough).sort((a, b) => sums.get(b)[1] - sums.get(a)[1] || a - b);
    const records = await Promise.all(ids.slice(0, limit).map(async (id) => (await get("t" + Math.floor(id / index.per)))[id % index.per]));
    return [ids.length, records];
  }

  /* ---- results */

  /* The deliverable of a cell that has most of the words. */
  function pieceOf(part, words) {
    const [cell, ...ends] = part.pieces || [], pieces = [];
    for (let i = 0; i < ends.length; i += 2) {
      const text = fold(part.text.slice(ends[i], ends[i + 1])).text;
      const n = words.filter((word) => word.forms.some((form) => has(text, form))).length;
      if (n) { pieces.push({ n, anchor: cell + "-" + (i / 2 + 1), start: ends[i] }); }
    }
    return most(pieces, (piece) => piece.n);
  }

  /* Runs of a paragraph's text around its first hit: [words, whether to mark them]. */
  function snippet({ text, weight, folded }, words, piece) {
    const hits = weight ? places(folded.text, words.flatMap((word) => word.forms)).map((hit) => hit.map((i) => folded.at[i])) : [];
    const start = piece ? piece.start : hits.length ? hits[0][0] : 0;
    let from = text.length <= AROUND || start < AROUND / 2 ? 0 : piece ? start : Math.max(start - 40, text.slice(0, start - 9).search(/[^。；，、]*$/));
    const end = from + AROUND, runs = [[from ? "……" : ""]];
    for (const [a, b] of hits) {
      if (a >= from && b <= end) { runs.push([text.slice(from, a)], [text.slice(a, b), true]); from = b; }
    }
    return [...runs, [text.slice(from, end)], [end < text.length ? "……" : ""]];
  }

  /* One result.  It leads to a paragraph, or to the page whose title has all the words. */
  function shown({ record, words, headed, held }) {
    const best = most(record.parts.filter((part) => held[part.i]), (part) => held[part.i] * 1000 + part.weight);
    const part = best || record.parts[0];
    const link = (each) => {
      const anchor = (pieceOf(each, words) || each).anchor;
      return { label: each.label, url: anchor ? record.p.split("#")[0] + "#" + anchor : record.p };
    };
    const more = record.parts.filter((each) => held[each.i] >= 1 && each.anchor && (headed || each !== best));
    return {
      title: record.n ? "第" + record.n + "项　" + record.t : record.t,
      kind: record.k + (record.y ? "，" + record.y + "年" : ""),
      label: best ? best.label : "",
      url: best && !headed ? link(best).url : record.p,
      official: /pledge|cell/.test(part.field),
      snippet: snippet(part, words, pieceOf(part, words)),
      more: more.map(link)
    };
  }

  /* What answers a query: {total, near, results}; `near`: nothing has the word as typed. */
  async function search(query, limit = STEP) {
    index = await get("index");
    if (!weights) { weights = index.weights; index.units = index.units.map((unit) => unit.map((name) => fold(name).text)); }
    const typed = query.split(/\s+/).map((word) => fold(word).text).filter(Boolean);
    if (!typed.length) { return { total: 0, near: false, results: [] }; }
    const words = typed.map(meant), whole = meant(fold(typed.join("")).text);
    let [total, records] = await likely(words, words.length, limit + 4);
    if (words.length > 1 && !index.records) { records = [...new Set([...records, ...(await likely([whole], 1, limit))[1]])]; }
    let found = answers(records, words, whole);
    const pairs = couples(typed[0]).filter((pair) => /^\p{L}+$/u.test(pair)).map((pair) => ({ number: 0, forms: [pair] }));
    const near = !found.length && words.length === 1 && pairs.length > 1;
    if (near) {
      [total, records] = await likely(pairs, pairs.length / 2, limit + 4);
      found = nearby(records, pairs);
    }
    return { total: found.length && Math.max(total, found.length), near, results: found.slice(0, limit).map(shown) };
  }

  window.ledgerSearch = search;

  /* ---- the page */

  const input = form.elements.q, state = document.getElementById("found"), box = document.getElementById("results"), hints = document.getElementById("hints");
  const links = () => [...box.querySelectorAll("h3 a")];
  let asked = 0, timer = 0, limit = STEP;

  const element = (name, textContent = "", rest = {}) => Object.assign(document.createElement(name), { textContent }, rest);
  const link = (words, url) => element("a", words, { href: root + url });

  function row(result) {
    const item = element("li"), head = element("h3"), text = element("p", "", { className: result.official ? "song" : "s" });
    head.append(link(result.title, result.url), element("small", result.kind + (result.label && "，" + result.label), { className: "q" }));
    text.append(...result.snippet.map(([words, hit]) => (hit ? element("mark", words) : words)));
    item.append(head, text);
    if (result.more.length) {
      const more = element("p", "也在：", { className: "s jump" });
      more.append(...result.more.slice(0, 7).map((each) => link(each.label, each.url)));
      item.append(more);
    }
    return item;
  }

  function more(n) {
    const item = element("li"), button = element("button", "再列" + STEP + "条", { type: "button", className: "btn" });
    button.onclick = async () => { limit += STEP; await run(); focus(n); };
    item.append(button);
    return item;
  }

  function said(query, found) {
    return !query ? "输入任务编号、学校、医院、乡镇、单位，或者文件里的任何词。"
      : !found.total ? "没有找到“" + query + "”。换一个短一点的词，或者从下面的清单里找。"
      : found.near ? "没有写“" + query + "”的地方；下面" + found.total + "条写法相近。" : "找到" + (index.records ? "" : "约") + found.total + "条。";
  }

  /* Search what stands in the field.  While an input method is composing, never say that nothing is found. */
  async function run(composing) {
    const query = input.value.trim(), mine = ++asked;
    try {
      const found = await search(query, limit), n = found.results.length;
      if (mine !== asked || (composing && !n)) { return; }
      box.replaceChildren(...found.results.map(row), ...(n === limit && n < found.total ? [more(n)] : []));
      state.textContent = said(query, found);
      hints.hidden = Boolean(query);
      if (!composing) { history.replaceState(null, "", query ? "?q=" + encodeURIComponent(query) : location.pathname); }
    } catch (error) {
      if (mine === asked) { state.textContent = "搜索要用的文件没有取到。请检查网络，或者从下面的清单里找。"; }
    }
  }

  function focus(n) { (n < 0 ? input : links()[Math.min(n, links().length - 1)] || input).focus(); }

  function typing(event) {
    limit = STEP;
    clearTimeout(timer);
    timer = setTimeout(run, index && index.records ? 30 : 200, event.isComposing);
  }

  function keys(event) {
    const here = [input, ...links()].indexOf(document.activeElement) - 1;
    const step = { ArrowDown: 1, ArrowUp: -1, Escape: -1 - here }[event.key];
    if (here < -1 || step === undefined || here + step < -1 || event.isComposing || event.keyCode === 229) { return; }
    event.preventDefault();
    if (!step) { input.value = ""; run(); }
    focus(here + step);
  }

  if (location.protocol === "file:") {
    state.textContent = "搜索要在发布后的网站上用；现在是直接打开的文件。请从下面的清单里找。";
    return;
  }
  document.querySelectorAll("[data-live]").forEach((each) => { each.hidden = false; });
  document.addEventListener("keydown", keys);
  form.addEventListener("submit", async (event) => { event.preventDefault(); clearTimeout(timer); limit = STEP; await run(); focus(0); });
  input.addEventListener("input", typing);
  input.addEventListener("compositionend", typing);
  input.value = (new URLSearchParams(location.search).get("q") || "").slice(0, input.maxLength);
  run();
})();

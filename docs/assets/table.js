/* Lists that sort and filter: tables, and lists of other things marked data-item.  The whole list stands in the page; this hides and moves rows, and keeps what was chosen in the
   address, so that a filtered view can be linked.  Kept within what a WebView of 2021 knows. */
(function () {
  "use strict";
  var form = document.getElementById("filters");
  var tables = document.querySelectorAll(".live");
  var said = document.getElementById("shown");
  var fields = form.querySelectorAll("input, select");
  var rows = [], heads = [];

  function fold(text) { return text.normalize("NFKC").toLowerCase().replace(/\s+/g, ""); }

  /* What a row is sorted by: data-KEY on the row or on one of its cells. */
  function value(row, key) {
    var cell = row.hasAttribute("data-" + key) ? row : row.querySelector("[data-" + key + "]");
    var found = cell ? cell.getAttribute("data-" + key) : "";
    return found !== "" && !isNaN(found) ? +found : found;
  }

  tables.forEach(function (table) {
    table.querySelectorAll(table.tBodies ? "tbody tr" : "[data-item]").forEach(function (row) {
      if (row.querySelector("[scope=rowgroup]")) { return; }
      var links = [];
      row.querySelectorAll("th a").forEach(function (a) { links.push([a, a.getAttribute("href")]); });
      rows.push({ row: row, body: row.parentNode, text: fold(row.textContent + (row.parentNode.hasAttribute("data-headed") ? row.parentNode.rows[0].textContent : "")), links: links, at: rows.length });
    });
    table.querySelectorAll("th[data-sort]").forEach(function (head) { heads.push(head); });
  });

  /* Heads are buttons where they can be seen; on a phone the rows are cards, and the select sorts. */
  var wide = matchMedia("(min-width: 44em)");
  function dress() {
    heads.forEach(function (head) {
      var button = head.querySelector("button"), from = button || head, to = wide.matches ? document.createElement("button") : head;
      if (Boolean(button) === wide.matches) { return; }
      while (from.firstChild) { to.appendChild(from.firstChild); }
      if (button) { button.remove(); return; }
      to.type = "button";
      to.addEventListener("click", function () {
        var key = head.getAttribute("data-sort");
        pick("sort", head.getAttribute("aria-sort") === "ascending" ? "-" + key : key);
        apply();
      });
      head.appendChild(to);
    });
  }
  var first = heads.length ? heads[0].getAttribute("data-sort") : "";

  /* A field takes a value only if it offers it; the order of the page itself is the empty one. */
  function pick(name, wanted) {
    var field = form.elements[name];
    if (!field) { return; }
    if (name === "sort" && wanted === first) { wanted = ""; }
    if (field.options && name === "sort" && wanted) { offer(field, wanted); }
    field.value = wanted;
    if (field.options && field.selectedIndex < 0) { field.value = ""; }
  }

  /* An order that only a head of the table gives (the other way round) joins the select. */
  function offer(field, wanted) {
    var key = wanted.replace(/^-/, ""), plain = field.querySelector("option[value='" + key.replace(/[^a-z]/g, "") + "']");
    for (var i = 0; i < field.options.length; i++) { if (field.options[i].value === wanted) { return; } }
    var head = heads.filter(function (each) { return each.getAttribute("data-sort") === key; })[0];
    if (head) { field.add(new Option(plain ? plain.textContent + "，倒着" : "按" + head.textContent + (key === wanted ? "" : "，倒着"), wanted)); }
  }

  function chosen() {
    var found = {};
    fields.forEach(function (field) { if (field.value.trim()) { found[field.name] = field.value.trim(); } });
    return found;
  }

  function fits(each, wanted, words) {
    for (var name in wanted) {
      if (name === "q" || name === "sort") { continue; }
      if ((" " + (each.row.getAttribute("data-" + name) || "") + " ").indexOf(" " + wanted[name] + " ") < 0) { return false; }
    }
    return words.every(function (word) { return each.text.indexOf(word) >= 0; });
  }

  function order(sort) {
    var key = sort.replace(/^-/, ""), back = sort.charAt(0) === "-" ? -1 : 1;
    var sorted = rows.slice();
    if (sort) {
      sorted.sort(function (a, b) {
        var x = value(a.row, key), y = value(b.row, key);
        var less = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), "zh");
        return back * less || a.at - b.at;
      });
    }
    tables.forEach(function (table) {
      if (!table.tBodies) { return; }
      table.querySelectorAll("[scope=rowgroup]").forEach(function (head) { head.parentNode.hidden = Boolean(sort); });
      sorted.forEach(function (each) { if (table.contains(each.row)) { (sort ? table.tBodies[0] : each.body).appendChild(each.row); } });
    });
    heads.forEach(function (head) {
      var mine = head.getAttribute("data-sort");
      if (mine === (key || first)) { head.setAttribute("aria-sort", back < 0 ? "descending" : "ascending"); } else { head.removeAttribute("aria-sort"); }
    });
  }

  /* What a head says of its group's size: the number of those shown, and of all where they are fewer. */
  function recount(head, shown, all) {
    var spot = head && head.querySelector("[data-count]");
    if (!spot) { return; }
    var whole = spot.dataset.count = spot.dataset.count || spot.textContent;
    spot.textContent = shown === all ? whole : whole.replace(/^\d+/, shown) + "，共" + whole;
  }

  /* Groups and sections in which nothing is left go away with their heads; heads count what is left. */
  function tidy() {
    tables.forEach(function (table) {
      var left = 0, most = 0;
      Array.prototype.forEach.call(table.tBodies || [table], function (body) {
        var own = rows.filter(function (each) { return body.contains(each.row); });
        var here = own.filter(function (each) { return !each.row.hidden; }).length;
        body.hidden = !here;
        left += here;
        most += own.length;
        recount(body, here, own.length);
      });
      var section = table.closest("section"), fold = table.closest("details");
      if (fold && left < most) { fold.open = true; }
      if (section && !section.contains(form)) { section.hidden = !left; recount(section.querySelector("h2"), left, most); } else { table.hidden = !left; }
    });
  }

  function apply() {
    var wanted = chosen(), shown = 0, search = [];
    var words = (wanted.q || "").split(/\s+/).map(fold).filter(Boolean);
    rows.forEach(function (each) {
      each.row.hidden = !fits(each, wanted, words);
      shown += each.row.hidden ? 0 : 1;
      each.links.forEach(function (link) { link[0].setAttribute("href", link[1] + (/^\d/.test(wanted.due || "") && link[1].indexOf("#") < 0 ? "#" + wanted.due : "")); });
    });
    order(wanted.sort || "");
    tidy();
    var all = rows.length + form.getAttribute("data-measure");
    said.textContent = !shown ? "没有符合的。" : shown === rows.length ? "共" + all : "显示" + shown + form.getAttribute("data-measure") + "，共" + all;
    for (var name in wanted) { search.push(name + "=" + encodeURIComponent(wanted[name])); }
    if (location.protocol !== "file:") { history.replaceState(null, "", (search.length ? "?" + search.join("&") : location.pathname) + location.hash); }
  }

  var asked = new URLSearchParams(location.search);
  asked.forEach(function (wanted, name) { pick(name, wanted.slice(0, 60)); });
  form.hidden = false;
  dress();
  wide.addListener(dress);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("input", apply);
  form.addEventListener("reset", function () { setTimeout(apply, 0); });
  apply();
})();

/* Extras only: every page is complete without this file.  Kept within what a WebView of 2021 knows. */
(function () {
  "use strict";
  var root = document.documentElement;
  var big = document.getElementById("big");
  function remember(on) {
    try { on === undefined ? 0 : localStorage.setItem("big", on ? "1" : ""); return localStorage.getItem("big") === "1"; } catch (e) { return Boolean(on); }
  }
  function show(on) {
    root.classList.toggle("big", on);
    if (big) { big.textContent = on ? "标准版" : "大字版"; big.hidden = false; }
  }
  show(remember());
  if (big) { big.addEventListener("click", function () { show(remember(!root.classList.contains("big"))); }); }

  /* 手机上把很长的几段先收起来；只在“在本页查找”会自己打开它们的浏览器里收（2022年以后的 Chromium），别处全文摊开 */
  if ("onbeforematch" in root && matchMedia("(max-width: 43.99em)").matches) {
    document.querySelectorAll("[data-fold]").forEach(function (fold) { fold.open = false; });
  }

  /* 展开被链接指到的折叠段 */
  function reveal() {
    var id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch (error) { /* 网址里有不成字的 %：照原样找 */ }
    var target = id && document.getElementById(id);
    for (var fold = target && target.closest("details"); fold; fold = fold.parentElement.closest("details")) { fold.open = true; }
    if (target) { target.scrollIntoView(); }
  }
  addEventListener("hashchange", reveal);
  if (location.hash) { reveal(); }
  addEventListener("beforeprint", function () { document.querySelectorAll("details").forEach(function (d) { d.open = true; }); });

  /* 用写好的话去问 */
  var pick = document.getElementById("pick");
  if (pick) {
    pick.parentElement.hidden = false;
    pick.addEventListener("change", function () {
      var data = pick.options[pick.selectedIndex].dataset;
      document.querySelectorAll("[data-fill]").forEach(function (spot) { spot.textContent = data[spot.dataset.fill]; });
    });
  }
  /* 引用：查看的日期是读者自己的 */
  document.querySelectorAll("[data-slot=today]").forEach(function (spot) {
    var now = new Date(), two = function (n) { return (n < 10 ? "0" : "") + n; };
    spot.textContent = now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
  });
  /* 只引一格、一件事：引文跟着网址 # 后面的编号走，也跟着点的那一行走 */
  var parts = [].slice.call(document.querySelectorAll("[data-part]"));
  function cite(id) {
    var at = document.getElementById(id), cell = at && at.closest(".tl > li");
    var row = parts.filter(function (each) { return each.hash === "#" + id; })[0]
      || parts.filter(function (each) { return cell && each.dataset.cell === cell.id; })[0];
    if (!row || row.hash === "#cite" && id !== "cite") { return; }
    var mark = row.dataset.part && "#" + (id.slice(0, 5) === "cell-" ? row.hash.slice(1) : id);
    var said = { part: row.dataset.part, at: mark, key: mark.replace("#", "-") };
    document.querySelectorAll("#cite [data-slot]").forEach(function (spot) {
      var slot = spot.dataset.slot;
      if (slot in said) { spot.textContent = slot === "part" && spot.parentElement.id === "cite-bib" && row.dataset.tex || said[slot]; }
    });
    document.getElementById("cite-what").textContent = "引的是：" + (row.dataset.part.slice(1) || "整项");
  }
  if (parts.length) {
    document.getElementById("cite-what").hidden = document.getElementById("cite-how").hidden = false;
    parts.forEach(function (row) {
      row.addEventListener("click", function (event) {
        event.preventDefault();
        cite(row.hash.slice(1));
        document.getElementById("cite-gbt").parentElement.scrollIntoView();
        document.getElementById("cite-gbt").focus();
      });
    });
    document.querySelectorAll("[data-cites]").forEach(function (link) {
      link.hash = "#cite-gbt";
      link.addEventListener("click", function () { cite(link.dataset.cites); reveal(); });
    });
    addEventListener("hashchange", function () { cite(location.hash.slice(1)); });
    cite(location.hash.slice(1));
  }
  /* 复制文字；复制一格的网址 */
  function copy(text, done) {
    if (navigator.clipboard) { navigator.clipboard.writeText(text).then(function () { done(true); }, function () { done(document.execCommand("copy")); }); }
    else { done(document.execCommand("copy")); }
  }
  document.querySelectorAll("[data-copy]").forEach(function (button) {
    var text = document.getElementById(button.dataset.copy);
    button.hidden = false;
    button.addEventListener("click", function () {
      var range = document.createRange(), chosen = getSelection();
      range.selectNodeContents(text); chosen.removeAllRanges(); chosen.addRange(range);
      copy(text.innerText, function (ok) { button.textContent = ok ? "已复制" : "已选中，请长按复制"; });
    });
  });
  document.querySelectorAll(".perma").forEach(function (link) {
    link.addEventListener("click", function () {
      if (navigator.clipboard) { navigator.clipboard.writeText(link.href).then(function () { link.textContent = link.hash + " 网址已复制"; }, function () {}); }
    });
  });
})();

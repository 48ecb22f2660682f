// Loads the page again once the preview shows another version than the one that this page was made from.
(() => {
  const mine = new URL(document.currentScript.src).search.slice(1);
  const look = async () => {
    let pause = 200;
    try {
      const answer = document.hidden ? null : await fetch("/_preview/version", { cache: "no-store" });
      if (answer && answer.ok && (await answer.text()) !== mine) return location.reload();
    } catch {
      pause = 1000; // the preview has ended; it may be started again
    }
    setTimeout(look, pause);
  };
  look();
})();

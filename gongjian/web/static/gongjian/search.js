/* The search of the head: the first hits of each kind while one types; arrows move among them, Enter opens, Escape leaves. */
(function () {
  "use strict";
  const { $, $$ } = window.gongjian;
  const REST = 250;
  const box = $("[data-search]");
  const place = $("#top-hits");
  if (!box || !place) return;
  let waiting = 0;
  let asked = "";
  const links = () => $$("a[href]", place);
  function shut() {
    place.hidden = true;
  }
  function ask() {
    const text = box.value.trim();
    if (!text) {
      asked = "";
      shut();
      return;
    }
    if (text === asked) {
      place.hidden = false;
      return;
    }
    asked = text;
    fetch(box.form.action + "?q=" + encodeURIComponent(text), {
      headers: { "HX-Request": "true" },
      credentials: "same-origin",
    })
      .then((answer) => (answer.ok ? answer.text() : ""))
      .then((answer) => {
        if (asked !== text) return;
        place.innerHTML = answer;
        place.hidden = !answer.trim();
      })
      .catch(shut);
  }
  function later(event) {
    if (event.isComposing) return;
    clearTimeout(waiting);
    waiting = setTimeout(ask, REST);
  }
  box.addEventListener("input", later);
  box.addEventListener("compositionend", later);
  box.addEventListener("focus", () => {
    if (asked) ask();
  });
  box.form.addEventListener("keydown", (event) => {
    const all = place.hidden ? [] : links();
    const at = all.indexOf(document.activeElement);
    if (event.key === "Escape") {
      if (!place.hidden) event.preventDefault(); // the browser would empty the box: what was typed stays
      shut();
      box.focus();
    } else if (event.key === "ArrowDown" && all.length) {
      event.preventDefault();
      all[Math.min(all.length - 1, at + 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (all[at - 1] || box).focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!box.form.contains(event.target)) shut();
  });
})();

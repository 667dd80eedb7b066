/* Acts where a row stands: the link of an act loads its forms into the row; without this script it opens the page of the record. */
(function () {
  "use strict";
  const { $, $$, on, word, toast } = window.gongjian;
  const FIELDS = "button.btn-primary, .btn, input:not([type=hidden]), textarea, select";
  const empty = (but) =>
    $$(".act-place").forEach((place) => {
      if (place !== but) place.textContent = "";
    });
  function show(place, answer) {
    place.innerHTML = answer;
    if (window.htmx) window.htmx.process(place);
    place.dispatchEvent(new Event("htmx:after:swap", { bubbles: true }));
    const first = $(FIELDS, place);
    if (first) first.focus();
  }
  on("click", "[data-act]", (event, link) => {
    const place = $(link.dataset.place);
    if (!place || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (place.firstElementChild) {
      place.textContent = "";
      return;
    }
    empty(place);
    fetch(link.dataset.act, { headers: { "HX-Request": "true" }, credentials: "same-origin" })
      .then((answer) => (answer.ok && !answer.redirected ? answer.text() : Promise.reject(answer)))
      .then((answer) => show(place, answer))
      .catch(() => {
        toast(word("failed"), "error");
      });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const place = event.target instanceof Element && event.target.closest(".act-place");
    if (!place) return;
    place.textContent = "";
    const link = $('[data-place="#' + place.id + '"]');
    if (link) link.focus();
  });
})();

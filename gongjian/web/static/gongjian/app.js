/* Comfort on top of pages that work without it. No dependency but htmx; nothing is evaluated; runs on Chromium 92.
   This script is the first: the others take their helpers from `window.gongjian`. */
(function () {
  "use strict";
  const root = document.documentElement;
  const store = {
    get(key) {
      try {
        return localStorage.getItem(key);
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        localStorage.setItem(key, value);
      } catch {
        /* private mode: no drafts */
      }
    },
    drop(key) {
      try {
        localStorage.removeItem(key);
      } catch {
        /* nothing kept */
      }
    },
    keys() {
      try {
        return Object.keys(localStorage);
      } catch {
        return [];
      }
    },
  };
  const timers = new WeakMap();
  const $ = (css, from) => (from || document).querySelector(css);
  const $$ = (css, from) => Array.from((from || document).querySelectorAll(css));
  const word = (name) => {
    const words = $("#words");
    return words ? words.dataset[name] || "" : "";
  };
  const on = (name, css, act) =>
    document.addEventListener(name, (event) => {
      const found = event.target instanceof Element && event.target.closest(css);
      if (found) act(event, found);
    });
  root.classList.add("js");
  if (store.get("gongjian.folded") === "1") root.classList.add("folded");

  function toast(text, tone, action) {
    const place = $("#toasts");
    if (!place) return;
    const line = document.createElement("div");
    line.className = "toast-line toast-" + (tone || "info");
    line.setAttribute("role", "status");
    const span = document.createElement("span");
    span.textContent = text;
    line.append(span);
    if (action) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-sm btn-plain";
      button.textContent = action.text;
      button.addEventListener("click", () => {
        action.act();
        line.remove();
      });
      line.append(button);
    } else {
      setTimeout(() => line.remove(), 6000);
    }
    place.append(line);
  }

  /* What a script does to a page when it is there, and again to what htmx has put into it. */
  function start(act) {
    document.addEventListener("DOMContentLoaded", act);
    document.addEventListener("htmx:after:swap", act);
  }
  window.gongjian = { $, $$, on, start, store, timers, toast, word };

  /* Small buttons */
  on("click", "[data-fold]", () => {
    store.set("gongjian.folded", root.classList.toggle("folded") ? "1" : "0");
  });
  on("click", "[data-print]", () => window.print());
  window.addEventListener("beforeprint", () => {
    /* what stands folded on the screen is whole on paper */
    $$("details.timeline-rest, details.panel").forEach((one) => {
      if (!$("form", one)) one.setAttribute("open", "");
    });
  });
  on("click", "[data-open]", (event, button) => {
    const sheet = $(button.dataset.open);
    if (sheet && sheet.showModal) {
      event.preventDefault();
      sheet.showModal();
    }
  });
  on("click", "[data-shut]", (event, button) => {
    const sheet = button.closest("dialog");
    if (sheet) {
      event.preventDefault();
      sheet.close();
    }
  });
  on("click", "[data-set]", (event, button) => {
    /* a chip fills a field: data-set="#id" data-value="…" */
    const field = $(button.dataset.set);
    if (!field) return;
    event.preventDefault();
    field.value = button.dataset.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  const empty =
    document.body.dataset.return; /* a public screen is empty again after a while, sooner when nobody types */
  if (empty) setTimeout(() => location.replace(empty), Number(document.body.dataset.after) * 1000);
  on("click", "[data-type]", (event, button) => {
    /* keys on a public screen; an empty one takes the last sign away */
    const field = $(button.dataset.into);
    if (field)
      field.value = button.dataset.type
        ? (field.value + button.dataset.type).slice(0, 8)
        : field.value.slice(0, -1);
  });
  const unfold = (select) =>
    /* what belongs to one choice alone: data-when holds its value */
    $$("[data-when]", select.form).forEach((one) => {
      one.hidden = one.dataset.when !== select.value;
      one.open = !one.hidden;
    });
  on("change", "[data-unfolds]", (event, select) => unfold(select));
  start(() => $$("[data-unfolds]").forEach(unfold));
  on("change", "[data-submit]", (event, field) => field.form.requestSubmit());
  function copy(text) {
    /* plain http has no clipboard interface */
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    toast(word("copied"), "success");
  }
  on("click", "[data-copy]", (event, button) => {
    const from = $(button.dataset.copy);
    if (from) copy("value" in from ? from.value : from.innerText);
  });

  const here = $(".side [aria-current]");
  const list = $(".side-groups");
  if (here) list.scrollTop = here.offsetTop - list.clientHeight / 2;
  const errors = $("[data-errors]");
  if (errors) document.addEventListener("DOMContentLoaded", () => errors.focus());
  document.addEventListener("htmx:error", () => toast(word("failed"), "error"));
})();

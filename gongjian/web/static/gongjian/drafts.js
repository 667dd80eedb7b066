/* Drafts, leaving a form that holds something, and one request a press */
(function () {
  "use strict";
  const { $, $$, on, start, store, timers, toast, word } = window.gongjian;
  /* Drafts: a form marked data-autosave="key" keeps its values until it was taken. */
  const draftKey = (form) =>
    "gongjian.draft." +
    (document.body.dataset.account || "0") +
    "." +
    location.pathname +
    "." +
    form.dataset.autosave;
  const OF_THE_PAGE =
    /^(csrfmiddlewaretoken|form_key|form_seen|(.*-)?opened|base_.*|order_opened|(.*-)?choose_.*)$/;
  /* The text a draft was typed against: a form that edits a record says it in a hidden field. */
  const version = (form) => {
    const field = Array.from(form.elements).find((f) => /^(.*-)?opened$/.test(f.name || ""));
    return field ? field.value : "";
  };
  const parsed = (text) => {
    const saved = JSON.parse(text || "null");
    return Array.isArray(saved) ? { version: "", values: saved } : saved;
  };
  /* The fields this person changed, here or before a refusal: only they are a draft of his, the others are what the page held. */
  const touched = (form, values) => {
    const opened = fresh.get(form) ? JSON.parse(fresh.get(form)) : [];
    const known = new Set(opened.map((pair) => pair.join("\u0001")));
    const here = values.filter((pair) => !known.has(pair.join("\u0001"))).map(([name]) => name);
    const before = parsed(store.get(draftKey(form))) || {};
    return Array.from(new Set(here.concat(before.touched || [])));
  };
  const keep = (form, now) => {
    const values = JSON.parse(now);
    const saved = { version: version(form), values, touched: touched(form, values) };
    store.set(draftKey(form), JSON.stringify(saved));
  };
  const kept = (form) =>
    Array.from(form.elements).filter(
      (f) =>
        f.name &&
        !OF_THE_PAGE.test(f.name) &&
        !["password", "file", "submit", "button"].includes(f.type) &&
        !f.closest("[data-pick] .pick-chosen"),
    );
  const read = (form) =>
    kept(form).map((f) => [
      f.name,
      ["checkbox", "radio"].includes(f.type)
        ? f.value + "\u0000" + f.checked
        : f.multiple
          ? JSON.stringify(Array.from(f.selectedOptions, (o) => o.value))
          : f.value,
    ]);
  function write(form, values) {
    const fields = kept(form);
    values.forEach(([name, value]) => {
      const box = fields.find(
        (f) =>
          f.name === name && ["checkbox", "radio"].includes(f.type) && value.startsWith(f.value + "\u0000"),
      );
      if (box) {
        box.checked = value.endsWith("\u0000true");
        return;
      }
      const field = fields.find((f) => f.name === name && !["checkbox", "radio", "hidden"].includes(f.type));
      if (!field) return;
      if (field.multiple) {
        const chosen = JSON.parse(value);
        Array.from(field.options).forEach((o) => {
          o.selected = chosen.includes(o.value);
        });
      } else field.value = value;
    });
    form.dispatchEvent(new Event("restored", { bubbles: true }));
  }
  const fresh = new WeakMap();

  /* A draft typed before somebody else changed the record is never put over the newer text: both stand side by side. */
  const label = (form, name) => {
    const field = Array.from(form.elements).find((f) => f.name === name);
    if (field && field.hidden) return ""; // of the page, not of the person
    const group = field && field.closest("fieldset");
    const legend = group && group.querySelector("legend");
    const own = field && field.id && $('label[for="' + field.id + '"]', form);
    return (own || legend || { textContent: name }).textContent.trim();
  };
  const plain = (value) => (value.endsWith("\u0000true") ? value.split("\u0000")[0] : value);
  const element = (tag, css, text) => {
    const made = document.createElement(tag);
    made.className = css;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  function offer(form, saved) {
    const now = new Map(read(form));
    const own = (name) => !saved.touched || saved.touched.includes(name);
    const differs = (name, value) =>
      now.has(name) ? now.get(name) !== value && label(form, name) : saved.touched; // a part somebody took out
    const texts = saved.values.filter(
      ([name, value]) => value && !value.includes("\u0000") && own(name) && differs(name, value),
    );
    const drop = () => store.drop(draftKey(form) + ".older");
    if (!texts.length) {
      drop();
      return;
    }
    const box = element("section", "older-draft");
    box.append(element("p", "older-draft-head", word("older")));
    texts.forEach(([name, value]) => {
      const row = element("div", "versions");
      const mine = element("div", "version");
      const here = now.has(name);
      mine.append(element("span", "version-head", word("draft") + (here ? " · " + label(form, name) : "")));
      mine.append(element("span", "version-text", plain(value)));
      const use = element("button", "btn btn-sm btn-plain", word("use"));
      use.type = "button";
      use.addEventListener("click", () => {
        write(form, [[name, value]]);
        saveDraft(form);
        row.remove();
        if (!$(".versions", box)) {
          drop();
          box.remove();
        }
      });
      if (here) mine.append(use);
      const theirs = element("div", "version");
      theirs.append(element("span", "version-head", word("current")));
      theirs.append(element("span", "version-text", plain(now.get(name) || "") || "—"));
      row.append(mine, theirs);
      box.append(row);
    });
    const none = element("button", "btn btn-plain", word("discard"));
    none.type = "button";
    none.addEventListener("click", () => {
      drop();
      box.remove();
    });
    box.append(none);
    form.prepend(box);
    const closed = form.closest("details");
    if (closed) closed.open = true;
  }
  function startDraft(form) {
    if (fresh.has(form)) return;
    const now = JSON.stringify(read(form));
    fresh.set(form, now);
    if ($("[data-errors]", form)) return;
    const saved = parsed(store.get(draftKey(form)));
    if (saved && saved.version !== version(form)) {
      store.set(draftKey(form) + ".older", JSON.stringify(saved));
      store.drop(draftKey(form));
    }
    const older = parsed(store.get(draftKey(form) + ".older"));
    if (older) offer(form, older);
    if (!saved || saved.version !== version(form) || JSON.stringify(saved.values) === now) return;
    write(form, saved.values);
    toast(word("restored"), "info", {
      text: word("discard"),
      act() {
        store.drop(draftKey(form));
        write(form, JSON.parse(now));
      },
    });
  }
  const saveDraft = (form) => {
    const now = JSON.stringify(read(form));
    if (now === fresh.get(form)) store.drop(draftKey(form));
    else keep(form, now);
  };
  on("input", "form[data-autosave]", (event, form) => {
    clearTimeout(timers.get(form));
    timers.set(
      form,
      setTimeout(() => saveDraft(form), 400),
    );
  });
  on("change", "form[data-autosave]", (event, form) => saveDraft(form));
  on("submit", "form[data-autosave]", (event, form) => {
    saveDraft(form);
    clearTimeout(timers.get(form));
    store.set("gongjian.sent", draftKey(form) + "\n" + location.pathname);
  });
  /* A page without errors on it says that what was sent has been taken. */
  function forgetSent() {
    const sent = store.get("gongjian.sent");
    if (!sent) return;
    const taken = !$("[data-errors]") && !$(".failure-sentence") && !$("input[type=password]");
    if (taken) store.drop(sent.split("\n")[0]);
    if (taken || $("[data-errors]")) store.drop("gongjian.sent");
  }

  /* Signing out takes the drafts along: the next one at this machine is somebody else. */
  on("submit", "form[data-drafts-go]", (event, form) => {
    const drafts = store.keys().filter((key) => key.startsWith("gongjian.draft."));
    if (drafts.length && !window.confirm(form.dataset.draftsGo)) event.preventDefault();
    else drafts.forEach((key) => store.drop(key));
  });

  /* Leaving a form that holds something not sent. */
  let leaving = false;
  document.addEventListener(
    "submit",
    () => {
      leaving = true;
      setTimeout(() => {
        leaving = false;
      }, 3000);
    },
    true,
  );
  window.addEventListener("beforeunload", (event) => {
    const open = $$("form[data-leave]").some(
      (form) => fresh.has(form) && fresh.get(form) !== JSON.stringify(read(form)),
    );
    if (open && !leaving) {
      event.preventDefault();
      event.returnValue = "";
    }
  });
  /* One press, one request. */
  on("submit", "form[method=post]", (event, form) => {
    if (event.defaultPrevented || form.matches("[hx-post]")) return;
    const large = $$("input[type=file][data-max]", form).find((f) =>
      Array.from(f.files).some((file) => file.size > Number(f.dataset.max)),
    );
    if (large) {
      event.preventDefault();
      toast(word("large"), "error");
      large.focus();
      return;
    }
    if (form.dataset.busy) {
      event.preventDefault();
      return;
    }
    form.dataset.busy = "1";
    setTimeout(() => {
      delete form.dataset.busy;
    }, 4000);
  });

  start(() => {
    forgetSent();
    $$("form[data-autosave], form[data-leave]").forEach((form) =>
      form.dataset.autosave === undefined
        ? fresh.set(form, fresh.get(form) || JSON.stringify(read(form)))
        : startDraft(form),
    );
  });
})();

// What the keyboard and the mouse may do on a sheet beyond links and forms; without it the page works too.
"use strict";

(() => {
  const box = document.querySelector(".grid-box");
  const place = `${location.pathname}?${box.dataset.gid}`;
  const AREA = "application/x-workspace-area";
  const STYLE = /<style[^>]*>([^]*?)<\/style>/;
  const POLL = 10000;
  let letters, numbers;
  let now = (box.querySelector("td.now") || {}).id || "";
  let far = now;
  let opened = Promise.resolve(document.querySelector("form.edit")); // the edit line of `now`, once it is there
  let touched = false; // typed into, so that a line that comes later must not overwrite it
  let writing = 0;
  let stale = false;
  let dragging = false;

  const cell = (id) => document.getElementById(id);
  const cellAt = (column, row) => cell(`${letters[column]}${numbers[row]}`);
  const line = () => document.querySelector(".edit");
  const input = () => document.getElementById("value");
  const words = (td) => (td ? td.querySelector("a").textContent : "");
  const parsed = (text) => new DOMParser().parseFromString(text, "text/html");
  const spot = (id) => {
    const [, column, row] = id.match(/^([A-Z]+)(\d+)$/);
    return [letters.indexOf(column), numbers.indexOf(row)];
  };

  function measure() {
    letters = [...box.querySelectorAll("tr.letters th[scope=col]")].map((head) => head.textContent);
    numbers = [...box.querySelectorAll("th[scope=row]")].map((head) => head.textContent);
    // A chosen cell is scrolled clear of what stays in its place.
    const staying = [...box.querySelectorAll("tr.letters th")].filter((head) => getComputedStyle(head).position === "sticky");
    const [left, top] = [staying.reduce((sum, head) => sum + head.offsetWidth, 0), box.querySelector("thead").offsetHeight];
    box.classList.add("led");
    box.style.scrollPadding = `${top + 4}px 24px 24px ${Math.min(left, box.clientWidth / 2) + 4}px`;
  }

  function between(first, last) {
    const [a, b] = [spot(first), spot(last)];
    const rows = [];
    for (let row = Math.min(a[1], b[1]); row <= Math.max(a[1], b[1]); row += 1) {
      const cells = [];
      for (let column = Math.min(a[0], b[0]); column <= Math.max(a[0], b[0]); column += 1) {
        cells.push(cellAt(column, row));
      }
      rows.push(cells);
    }
    return rows;
  }

  function mark() {
    box.querySelectorAll("td.now, td.chosen").forEach((td) => td.classList.remove("now", "chosen"));
    if (!now || !cell(now)) return;
    cell(now).classList.add("now");
    if (far !== now) between(now, far).flat().forEach((td) => td && td.classList.add("chosen"));
  }

  function say(text) {
    const said = document.querySelector(".said");
    said.textContent = text;
    said.hidden = !text;
  }

  // Does not hide what was said of a value that is lost.
  const offline = () => document.querySelector(".said").hidden && say("Нет связи с рабочим местом. Изменения не записываются.");

  // The edit line of a cell, alone; null when there is none, because the sign-in has ended or the row is gone.
  async function fetched(id) {
    const query = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries({ gid: box.dataset.gid, from: box.dataset.start, cell: id, part: "edit" })) {
      query.set(name, value);
    }
    try {
      const answer = await fetch(`${location.pathname}?${query}`, { credentials: "same-origin" });
      if (answer.ok) return parsed(await answer.text()).querySelector("form.edit");
    } catch (lost) {
      offline();
    }
    return null;
  }

  async function posted(form, fields, next) {
    const body = new URLSearchParams(new FormData(form));
    for (const [name, value] of Object.entries({ ...fields, seen: box.dataset.seen, next, part: "edit" })) {
      body.set(name, value);
    }
    const what = fields.action === "set" ? ` «${fields.value}»` : "";
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body, credentials: "same-origin" });
      const page = parsed(await answer.text());
      const fresh = page.querySelector("form.edit");
      if (answer.ok && fresh) {
        say("");
        return fresh;
      }
      const told = ["h1", "p"].map((name) => (page.querySelector(name) || {}).textContent || "").join(". ");
      say(`${form.dataset.cell}:${what} не записано. ${told}`);
    } catch (lost) {
      say(`${form.dataset.cell}:${what} не записано: нет связи с рабочим местом. Введите ещё раз.`);
    }
    return fetched(next);
  }

  // Shows what is known of a cell at once, so that typing need not wait for its edit line.
  function expect(id, promise) {
    opened = promise;
    touched = false;
    const form = line().cloneNode(true); // the line itself may still be sent
    line().replaceWith(form);
    let field = input();
    if (!field) {
      field = document.createElement("input");
      form.append(field);
    } else if (field.tagName !== "INPUT") {
      const plain = document.createElement("input");
      field.replaceWith(plain);
      field = plain;
    }
    field.id = "value";
    field.autocomplete = "off";
    field.value = field.defaultValue = words(cell(id));
    form.querySelectorAll(".guard, .hint").forEach((old) => old.remove());
    const name = form.querySelector(".jump");
    if (name) name.value = id;
    form.dataset.cell = "";
    promise.then((fresh) => {
      if (fresh && opened === promise && now === id) put(fresh);
    });
  }

  function put(fresh) {
    const [old, form] = [input(), document.adoptNode(fresh)];
    const field = form.querySelector("#value");
    const typing = document.activeElement === old;
    if (old && touched) {
      if (field.tagName === "SELECT") pick(field, old.value);
      else field.value = old.value;
    }
    const caret = old && old.selectionStart;
    line().replaceWith(form);
    if (!typing) return;
    field.focus();
    if (field.setSelectionRange && caret !== null) field.setSelectionRange(caret, caret);
  }

  function pick(field, text) {
    const found = [...field.options].find((one) => text && one.text.toLowerCase().startsWith(text.toLowerCase()));
    if (found) field.value = found.value;
  }

  function choose(id, extend) {
    if (!id || !cell(id)) return;
    far = id;
    if (!extend || !now) {
      if (now !== id || !line().dataset.cell) {
        now = id;
        expect(id, opened.then(() => fetched(id)));
      }
    }
    mark();
    cell(id).scrollIntoView({ block: "nearest", inline: "nearest" });
    box.focus({ preventScroll: true });
  }

  function beside(id, right, down) {
    let [column, row] = spot(id);
    for (;;) {
      column += right;
      row += down;
      if (column < 0 || row < 0 || column >= letters.length || row >= numbers.length) return "";
      const found = cellAt(column, row);
      if (found) return found.id;
    }
  }

  function step(right, down, extend) {
    const from = extend ? far : now;
    let next = beside(from, right, down);
    for (let left = Math.abs(right + down) - 1; left > 0 && next; left -= 1) {
      const further = beside(next, Math.sign(right), Math.sign(down));
      if (!further) break;
      next = further;
    }
    const top = Number(now.replace(/\D+/, "")) === Number(box.dataset.start) + 1;
    if (!extend && down < 0 && top && box.dataset.before) turn(down);
    else if (next) choose(next, extend);
    else if (down > 0 && !extend) turn(down);
  }

  // Goes on to the part of a long sheet that comes next.
  async function turn(down) {
    const part = down > 0 ? box.dataset.after : box.dataset.before;
    if (!part) return;
    const row = down > 0 ? Number(part) + 1 : Number(box.dataset.start);
    await settled();
    location.assign(`?gid=${box.dataset.gid}&from=${part}&cell=${now.replace(/\d+/, "")}${row}`);
  }

  // The last cell in a direction before the block of filled (or empty) cells ends.
  function edge(id, right, down) {
    let next = beside(id, right, down);
    const full = (one) => one && words(cell(one)) !== "";
    const inside = full(id) && full(next);
    let last = id;
    while (next && (inside ? full(next) : true)) {
      last = next;
      if (!inside && full(next)) break;
      next = beside(next, right, down);
    }
    return last;
  }

  const MOVES = { down: [0, 1], up: [0, -1], right: [1, 0], left: [-1, 0], stay: [0, 0] };

  async function written(known, id, fields, next) {
    const held = known && known.dataset.cell === id ? known : await fetched(id);
    if (!held) {
      say(`${id}: не записано. Обновите страницу.`);
      return null;
    }
    // What reaches into several rows is checked against the sheet as it is shown.
    for (let left = 3; fields.action !== "set" && stale && left > 0; left -= 1) await refreshed(1);
    return posted(held, fields, next);
  }

  function act(fields, move) {
    const [id, form] = [now, opened];
    const next = (move !== "stay" && beside(id, ...MOVES[move])) || id;
    now = far = next;
    writing += 1;
    expect(next, form.then((known) => written(known, id, fields, next)).finally(() => {
      writing -= 1;
      stale = true;
      refreshSoon();
    }));
    mark();
    if (cell(next)) cell(next).scrollIntoView({ block: "nearest", inline: "nearest" });
    box.focus({ preventScroll: true });
  }

  function commit(move) {
    const [field, td] = [input(), cell(now)];
    const changed = touched;
    if (!changed) return leave(move);
    const value = field.value;
    if (td && !td.dataset.tick) td.querySelector("a").textContent = value;
    act({ action: "set", value }, move);
  }

  function leave(move) {
    const next = move !== "stay" && beside(now, ...MOVES[move]);
    if (next) choose(next, false);
    else box.focus({ preventScroll: true });
  }

  async function settled() {
    await opened;
    if (stale) await refreshed();
  }

  let timer = 0;
  let running = null;
  function refreshSoon() {
    clearTimeout(timer);
    timer = setTimeout(() => writing || refreshed(), 300);
  }

  // Takes the sheet as it is now; the line that is being typed in stays.
  function refreshed(own = 0) {
    clearTimeout(timer);
    running = running || refresh(own).finally(() => (running = null));
    return running;
  }

  async function refresh(own) {
    stale = false;
    const query = new URLSearchParams(location.search);
    query.set("gid", box.dataset.gid);
    query.set("from", box.dataset.start);
    query.delete("cell");
    let page, css;
    try {
      const answer = await fetch(`${location.pathname}?${query}`, { credentials: "same-origin" });
      if (!answer.ok) return;
      const text = await answer.text();
      css = text.match(STYLE); // a style of another answer's nonce would be refused even while it is parsed
      page = parsed(text.replace(STYLE, ""));
    } catch (lost) {
      return;
    }
    const fresh = page.querySelector(".grid-box");
    if (!fresh || writing > own) {
      stale = stale || writing > own;
      return;
    }
    if (css) document.querySelector("style[nonce]").textContent = css[1];
    document.querySelector(".taken").replaceWith(document.adoptNode(page.querySelector(".taken")));
    box.replaceChildren(...[...fresh.childNodes].map((node) => document.adoptNode(node)));
    for (const name of ["seen", "after", "before"]) box.dataset[name] = fresh.dataset[name];
    measure();
    if (now && !cell(now)) now = far = "";
    if (far && !cell(far)) far = now;
    mark();
    if (!now || touched || writing) return;
    const again = fetched(now); // its row may have been changed by somebody else
    opened = again;
    again.then((form) => form && opened === again && !touched && put(form));
  }

  function type(text) {
    const field = input();
    if (!field || !now) return;
    field.focus();
    if (text === null) return;
    touched = true;
    if (field.tagName === "SELECT") pick(field, text);
    else field.value = text;
  }

  const KEYS = {
    ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
    PageUp: [0, -20], PageDown: [0, 20],
  };

  function withControl(event) {
    const press = (name) => settled().then(() => {
      const form = document.querySelector(`form.${name}`);
      if (form) form.requestSubmit();
    });
    if (event.code === "KeyZ" && !event.shiftKey) press("undo");
    else if (event.code === "KeyY" || event.code === "KeyZ") press("redo");
    else if (event.code === "KeyF") document.querySelector(".find input[type=search]").select();
    else if (!now) return;
    else if (event.key in KEYS && !event.key.startsWith("Page")) {
      choose(edge(event.shiftKey ? far : now, ...KEYS[event.key]), event.shiftKey);
    } else if (event.key === "Home") choose(cellAt(0, 0).id, event.shiftKey);
    else if (event.key === "End") choose(edge(edge(cellAt(0, 0).id, 0, 1), 1, 0), event.shiftKey);
    else if (event.code === "KeyD" && far !== now) act({ action: "fill", until: far }, "stay");
    else return;
    event.preventDefault();
  }

  function onGrid(event) {
    if (event.ctrlKey || event.metaKey) return withControl(event);
    if (event.altKey || !now) return;
    if (event.key in KEYS) step(...KEYS[event.key], event.shiftKey);
    else if (event.key === "Home") choose(cellAt(0, spot(now)[1]).id, event.shiftKey);
    else if (event.key === "Tab") step(event.shiftKey ? -1 : 1, 0, false);
    else if (event.key === "Enter" || event.key === "F2") type(null);
    else if (event.key === "Escape") choose(now, false);
    else if (event.key === "Delete" || event.key === "Backspace") clear();
    else if (event.key === " " && cell(now).dataset.tick) tick(now);
    else if (event.key.length === 1) type(event.key);
    else return;
    event.preventDefault();
  }

  function clear() {
    const until = far;
    between(now, far).flat().forEach((td) => td && (td.querySelector("a").textContent = ""));
    act({ action: "clear", until }, "stay");
    far = until;
    mark();
  }

  function onLine(event) {
    const field = event.target;
    const control = event.altKey || event.ctrlKey;
    if (event.key === "Escape") {
      touched = false;
      line().reset();
      box.focus({ preventScroll: true });
    } else if (event.key === "Tab") commit(event.shiftKey ? "left" : "right");
    else if (event.key === "Enter" && !control) commit(event.shiftKey ? "up" : "down");
    else if (event.key === "Enter" && field.tagName !== "SELECT") broken(field);
    else return;
    event.preventDefault();
  }

  // A second line in the cell: a field of one line cannot hold it and becomes an area.
  function broken(field) {
    let area = field;
    if (field.tagName === "INPUT") {
      area = document.createElement("textarea");
      Object.assign(area, { id: "value", name: "value", rows: 3, value: field.value });
      const [start, end] = [field.selectionStart, field.selectionEnd];
      field.replaceWith(area);
      area.focus();
      area.setSelectionRange(start, end);
    }
    area.setRangeText("\n", area.selectionStart, area.selectionEnd, "end");
    touched = true;
  }

  function tick(id) {
    choose(id, false);
    const td = cell(id);
    const on = td.dataset.tick === "on";
    td.querySelector("a").textContent = on ? "☐" : "☑";
    td.dataset.tick = on ? "off" : "on";
    act({ action: "set", value: on ? "FALSE" : "TRUE" }, "stay");
  }

  document.addEventListener("keydown", (event) => {
    if (event.target.id === "value") onLine(event);
    else if (event.target === box || event.target === document.body || box.contains(event.target)) onGrid(event);
    else if (event.key === "Escape" && event.target.closest(".find, .jump")) box.focus({ preventScroll: true });
  });
  document.addEventListener("input", (event) => {
    if (event.target.id === "value") touched = true;
  });

  box.addEventListener("mousedown", (event) => {
    const td = event.target.closest("td");
    if (!td || event.target.closest("a.go") || event.ctrlKey || event.metaKey || event.button) return;
    event.preventDefault();
    if (touched && input() && document.activeElement === input()) commit("stay");
    if (td.dataset.tick && td.id === now && !event.shiftKey) tick(td.id);
    else choose(td.id, event.shiftKey);
    dragging = true;
  });
  box.addEventListener("mouseover", (event) => {
    const td = event.target.closest("td");
    if (dragging && td && event.buttons === 1 && td.id !== far) choose(td.id, true);
  });
  document.addEventListener("mouseup", () => (dragging = false));
  box.addEventListener("click", (event) => {
    if (!event.target.closest("td") || event.target.closest("a.go") || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
  });
  box.addEventListener("dragstart", (event) => event.preventDefault());
  box.addEventListener("dblclick", (event) => event.target.closest("td") && now && type(null));

  // A cell that holds tabs, line ends or quotes goes in quotes, as spreadsheets write and read it.
  const quoted = (text) => (/[\t\n"]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);

  document.addEventListener("copy", (event) => {
    if (!now || !box.contains(document.activeElement)) return;
    const rows = between(now, far).map((cells) => cells.map((td) => quoted(words(td))).join("\t"));
    event.clipboardData.setData("text/plain", rows.join("\n"));
    event.clipboardData.setData(AREA, JSON.stringify([location.pathname, box.dataset.gid, now, far]));
    event.preventDefault();
  });

  document.addEventListener("paste", (event) => {
    if (!now || !box.contains(document.activeElement)) return;
    const [text, area] = ["text/plain", AREA].map((kind) => event.clipboardData.getData(kind));
    event.preventDefault();
    const [book, sheet, from, to] = area ? JSON.parse(area) : [];
    if (book === location.pathname) act({ action: "copy", sheet, from, to, until: far }, "stay");
    else if (text) act({ action: "paste", value: text }, "stay");
  });

  document.addEventListener("submit", (event) => {
    sessionStorage.setItem(place, JSON.stringify([box.scrollLeft, box.scrollTop]));
    const form = event.target;
    if (!form.matches(".edit") || (form.dataset.cell === now && !writing)) return;
    const action = event.submitter && event.submitter.value;
    event.preventDefault(); // the line of this cell is still on its way
    const [value, typed] = [input().value, touched];
    opened.then(() => {
      if (typed) input().value = value;
      const button = line().querySelector(`button[name=action][value="${action}"]`);
      if (button) line().requestSubmit(button);
    });
  });
  document.querySelectorAll("details.menu").forEach((menu) => menu.addEventListener("toggle", () => {
    if (menu.open) document.querySelectorAll("details.menu[open]").forEach((other) => { if (other !== menu) other.open = false; });
  }));
  window.addEventListener("beforeunload", (event) => {
    if (writing) event.preventDefault();
  });

  // Another person's change is seen without asking for it.
  setInterval(async () => {
    if (document.hidden || writing || stale || dragging) return;
    try {
      const answer = await fetch(`${location.pathname}?gid=${box.dataset.gid}&part=seen`, { credentials: "same-origin" });
      if (answer.ok && !writing && (await answer.text()) !== box.dataset.seen) refreshed();
    } catch (lost) {
      offline();
    }
  }, POLL);

  measure();
  const kept = sessionStorage.getItem(place);
  sessionStorage.removeItem(place);
  if (kept) {
    const [left, top] = JSON.parse(kept);
    box.scrollTo(left, top);
    box.focus({ preventScroll: true });
  }
  if (now) {
    cell(now).scrollIntoView({ block: "nearest", inline: "nearest" });
    box.focus({ preventScroll: true });
  }
  const chosen = document.querySelector(".tabs a[aria-current]");
  if (chosen) chosen.scrollIntoView({ block: "nearest", inline: "nearest" });
})();

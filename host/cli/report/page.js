// Draws the report from the JSON in #data. Every text goes into the page as text.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const documents = data.documents;
  const kRows = 25;  // of a table's page
  const kSvg = "http://www.w3.org/2000/svg";

  // --- elements ---
  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }
  function shape(name, attributes, ...children) {
    const made = document.createElementNS(kSvg, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  // --- words ---
  const whole = new Intl.NumberFormat("en");
  const counted = (count, noun) => whole.format(count) + " " + noun + (count === 1 ? "" : "s");
  function size(bytes) {
    if (bytes < 1024) return bytes + " B";
    const units = ["KiB", "MiB", "GiB", "TiB"];
    let unit = -1;
    do {
      bytes /= 1024;
      ++unit;
    } while (bytes >= 1024 && unit + 1 < units.length);
    return (bytes < 10 ? bytes.toFixed(1) : Math.round(bytes)) + " " + units[unit];
  }
  function duration(ms) {
    if (ms < 1000) return ms + " ms";
    if (ms < 60000) return (ms / 1000).toFixed(1) + " s";
    if (ms < 3600000) return Math.floor(ms / 60000) + " min " + Math.round(ms % 60000 / 1000) + " s";
    return Math.floor(ms / 3600000) + " h " + Math.round(ms % 3600000 / 60000) + " min";
  }
  const known = (show, value) => value === 0 ? "" : show(value);
  const day = (text) => text.replace("T", " ").replace("Z", "");
  const time = (seconds) => day(new Date(seconds * 1000).toISOString().slice(0, 19));
  const address = (path) => data.link_base + path.split("/").map(encodeURIComponent).join("/");
  const link = (text, path) =>
    path ? element("a", {href: address(path)}, text) : document.createTextNode(text);

  // --- parts of the page ---
  const main = document.getElementById("main");
  const contents = document.getElementById("contents");
  function part(id, title) {
    const heading = element("h2", {id: id + "-title"}, title);
    const section = element("section", {id, "aria-labelledby": id + "-title"}, heading);
    main.append(section);
    contents.append(element("li", {}, element("a", {href: "#" + id}, title)));
    return section;
  }

  // A table of `count` rows. A column has a title, value(row) to sort by, and show(row), a text or
  // a node. `words(row)`, if there is one, is what the search box looks in.
  function table(section, {caption, columns, count, words}) {
    let order = Array.from({length: count}, (_, row) => row);
    let shown = order;
    let page = 0;
    let haystack = null;
    const body = element("tbody");
    const said = element("span", {role: "status"});
    const back = element("button", {type: "button"}, "Previous");
    const next = element("button", {type: "button"}, "Next");
    const box = element("input", {type: "search", autocomplete: "off", spellcheck: "false"});

    function draw() {
      const from = page * kRows;
      const rows = shown.slice(from, from + kRows).map((row) => {
        const cells = columns.map((column) => {
          const kind = column.number ? "number" : column.wide ? "wide" : "";
          return element("td", kind ? {class: kind} : {}, column.show(row));
        });
        return element("tr", {}, ...cells);
      });
      body.replaceChildren(...rows);
      said.textContent = shown.length === 0 ? "none found"
        : shown.length <= kRows ? counted(shown.length, "row")
        : whole.format(from + 1) + " to " + whole.format(Math.min(from + kRows, shown.length)) +
          " of " + whole.format(shown.length);
      back.disabled = page === 0;
      next.disabled = from + kRows >= shown.length;
    }
    function search() {
      const wanted = box.value.toLowerCase().split(/\s+/).filter((word) => word);
      if (wanted.length === 0) {
        shown = order;
      } else {
        haystack ||= Array.from({length: count}, (_, row) => words(row).toLowerCase());
        shown = order.filter((row) => wanted.every((word) => haystack[row].includes(word)));
      }
      page = 0;
      draw();
    }
    const headings = columns.map((column) => {
      const button = element("button", {type: "button"}, column.title);
      const heading = element("th", {scope: "col"}, button);
      if (column.number) heading.className = "number";
      button.addEventListener("click", () => {
        const before = heading.getAttribute("aria-sort");
        // Of numbers and times the largest tell most.
        const up = before ? before === "descending" : !column.number && !column.down;
        for (const other of headings) other.removeAttribute("aria-sort");
        heading.setAttribute("aria-sort", up ? "ascending" : "descending");
        const sign = up ? 1 : -1;
        const values = Array.from({length: count}, (_, row) => column.value(row));
        order = Array.from({length: count}, (_, row) => row).sort((a, b) =>
          values[a] < values[b] ? -sign : values[a] > values[b] ? sign : a - b);
        search();
      });
      return heading;
    });
    back.addEventListener("click", () => { --page; draw(); });
    next.addEventListener("click", () => { ++page; draw(); });
    const bar = element("div", {class: "bar"});
    if (words) {
      const id = section.id + "-search";
      box.id = id;
      bar.append(element("label", {for: id}, "Search"), box);
      let timer = 0;
      box.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(search, count > 2000 ? 120 : 0);
      });
    }
    if (count > kRows) bar.append(back, next);
    if (words || count > kRows) bar.append(said);
    section.append(bar, element("div", {class: "scroll", role: "region", tabindex: "0", "aria-label": caption},
      element("table", {}, element("caption", {}, caption),
        element("thead", {}, element("tr", {}, ...headings)), body)));
    draw();
  }
  const text = (title, get, more) => ({title, value: get, show: get, ...more});
  const number = (title, get, show) =>
    ({title, number: true, value: get, show: (row) => (show || whole.format)(get(row))});

  // Parts of a whole, as one bar.
  function share_bar(label, parts) {
    const all = parts.reduce((sum, one) => sum + one.count, 0);
    const svg = shape("svg", {viewBox: "0 0 800 24", role: "img", "aria-label": label + ": " +
      parts.map((one) => one.name + " " + whole.format(one.count)).join(", ")});
    let at = 0;
    const legend = element("ul", {class: "legend"});
    for (const one of parts) {
      const width = all === 0 ? 0 : 800 * one.count / all;
      svg.append(shape("rect", {x: at, y: 0, width, height: 24, class: one.look}));
      at += width;
      legend.append(element("li", {},
        shape("svg", {viewBox: "0 0 1 1", "aria-hidden": "true"},
          shape("rect", {width: 1, height: 1, class: one.look})),
        one.name + " " + whole.format(one.count)));
    }
    return element("div", {}, svg, legend);
  }

  // One bar for each value, from left to right.
  function bars(label, rows, value, show) {
    const most = Math.max(...rows.map(value), 1e-9);
    const width = 800, height = 160, left = 4, bottom = 18, top = 18;
    const step = (width - 2 * left) / rows.length;
    const svg = shape("svg", {viewBox: `0 0 ${width} ${height + bottom + top}`, role: "img",
      "aria-label": `${label}: ${rows.length} bars, at most ${show(most)}`});
    svg.append(shape("text", {x: left, y: 12}, label + ", at most " + show(most)));
    rows.forEach((row, i) => {
      const tall = height * value(row) / most;
      svg.append(shape("rect", {x: left + i * step + step * .1, y: top + height - tall,
        width: Math.min(step * .8, 60), height: tall, class: "c-bar"},
        shape("title", {}, day(row.started_at) + ": " + show(value(row)))));
    });
    svg.append(shape("line", {x1: 0, x2: width, y1: top + height, y2: top + height, class: "axis"}),
      shape("text", {x: left, y: top + height + 14}, day(rows[0].started_at).slice(0, 10)));
    if (rows.length > 1) {
      svg.append(shape("text", {x: width - left, y: top + height + 14, "text-anchor": "end"},
        day(rows[rows.length - 1].started_at).slice(0, 10)));
    }
    return svg;
  }

  function tiles(list) {
    return element("dl", {class: "tiles"}, ...list.map(([name, value]) =>
      element("div", {}, element("dt", {}, name), element("dd", {}, value))));
  }
  const none = (words) => element("p", {class: "dim"}, words);

  // --- the report ---
  document.getElementById("about").textContent =
    data.kb + ", as it was at " + day(data.made_at) + " UTC";
  const skipped = data.skipped.reduce((sum, one) => sum + one.count, 0);
  const counts = data.counts;

  function coverage() {
    const section = part("coverage", "Coverage");
    section.append(tiles([
      ["documents", whole.format(counts.documents)], ["sources", whole.format(counts.sources)],
      ["partial", whole.format(data.partial)], ["failed", whole.format(counts.failed)],
      ["skipped by the last run", whole.format(skipped)],
      ["raw", size(counts.raw_bytes)], ["Markdown", size(counts.markdown_bytes)],
      ["pictures and files", whole.format(counts.assets)]]));
    section.append(share_bar("Sources", [
      {name: "documents", count: counts.documents - data.partial, look: "c-ok"},
      {name: "partial", count: data.partial, look: "c-warn"},
      {name: "duplicates", count: data.duplicates, look: "c-bar"},
      {name: "failed", count: counts.failed, look: "c-bad"},
      {name: "skipped", count: skipped, look: "c-dim"}]));
    const causes = data.failed_by_cause;
    if (causes.length > 0) {
      section.append(element("h3", {}, "Failed, by cause"));
      table(section, {caption: "Why sources failed, and what helps", count: causes.length, columns: [
        number("Sources", (row) => causes[row].count),
        text("Cause", (row) => causes[row].outcome),
        text("What helps", (row) => causes[row].hint || "", {wide: true})]});
    }
    const skips = data.skipped;
    if (skips.length > 0) {
      section.append(element("h3", {}, "Skipped, by kind"));
      table(section, {caption: "What the last run skipped", count: skips.length, columns: [
        number("Files", (row) => skips[row].count), text("Reason", (row) => skips[row].why),
        text("Kind", (row) => skips[row].kind)]});
    }
  }

  function failures() {
    const rows = data.failures;
    if (rows.length === 0) return;
    table(part("failed", "Failed sources"), {caption: "Sources that failed", count: rows.length,
      words: (row) => rows[row].path + "\n" + rows[row].outcome + "\n" + rows[row].reason, columns: [
        text("Source", (row) => rows[row].path, {wide: true}),
        text("Cause", (row) => rows[row].outcome),
        text("Converter", (row) => rows[row].converter),
        text("Reason", (row) => rows[row].reason, {wide: true}),
        text("What helps", (row) => rows[row].hint, {wide: true})]});
  }

  function changes() {
    const section = part("changes", "Changes");
    const last = data.runs[0];
    section.append(element("p", {}, "Since event " + whole.format(data.since) +
      (last && data.since > 0 ? ". The last run began at " + day(last.started_at) + " UTC." : ".")));
    if (data.changes.length === 0) {
      section.append(none("Nothing changed."));
      return;
    }
    section.append(tiles(data.changes.map((one) => [one.op, whole.format(one.count)])));
    const events = data.events;
    table(section, {caption: "The newest changes", count: events.length,
      words: (row) => events[row].name + "\n" + events[row].path, columns: [
        number("Event", (row) => events[row].seq),
        text("When", (row) => day(events[row].at), {down: true}),
        text("What", (row) => events[row].op), text("Document", (row) => events[row].name, {wide: true}),
        text("Source", (row) => events[row].path, {wide: true})]});
  }

  function throughput() {
    const section = part("throughput", "Throughput");
    const runs = data.runs;
    if (runs.length === 0) {
      section.append(none("No run is on record yet."));
      return;
    }
    const rate = (value) => (value < 10 ? value.toFixed(1) : whole.format(Math.round(value))) + " documents/s";
    const oldest_first = runs.slice().reverse();
    section.append(
      bars("Documents per second, by run", oldest_first, (run) => run.documents_per_second, rate),
      bars("Bytes per second, by run", oldest_first, (run) => run.bytes_per_second,
        (value) => size(Math.round(value)) + "/s"));
    table(section, {caption: "Runs that changed something", count: runs.length, columns: [
      text("When", (row) => day(runs[row].started_at), {down: true}),
      text("Command", (row) => runs[row].command + (runs[row].whole ? "" : " (stopped)")),
      number("Time", (row) => runs[row].ms, duration), number("Read", (row) => runs[row].bytes, size),
      number("Added", (row) => runs[row].added), number("Updated", (row) => runs[row].updated),
      number("Unchanged", (row) => runs[row].unchanged),
      number("Failed", (row) => runs[row].failed), number("Removed", (row) => runs[row].removed),
      number("Documents/s", (row) => runs[row].documents_per_second, (value) => value.toFixed(1))]});
  }

  function converters() {
    const rows = data.converters;
    if (rows.length === 0) return;
    table(part("converters", "Converters"), {caption: "Time and memory by converter", count: rows.length, columns: [
      text("Converter", (row) => rows[row].converter),
      number("Documents", (row) => rows[row].documents), number("Failed", (row) => rows[row].failed),
      number("Read", (row) => rows[row].bytes, size),
      number("Time", (row) => rows[row].ms, duration), number("Median", (row) => rows[row].median_ms, duration),
      number("Slowest", (row) => rows[row].slowest_ms, duration),
      number("Time limit", (row) => rows[row].time_limit_ms, duration),
      number("Memory", (row) => rows[row].memory, size),
      number("Memory limit", (row) => rows[row].memory_limit, size)]});
  }

  function some_documents(section, caption, rows) {
    if (rows.length === 0) {
      section.append(none("None."));
      return;
    }
    table(section, {caption, count: rows.length, columns: [
      {title: "Document", wide: true, value: (row) => rows[row].name,
       show: (row) => link(rows[row].name, rows[row].markdown)},
      number("Time", (row) => rows[row].ms, duration), number("Memory", (row) => rows[row].memory, size),
      number("Size", (row) => rows[row].bytes, size), text("Converter", (row) => rows[row].converter),
      text("Source", (row) => rows[row].path, {wide: true})]});
  }
  function extremes() {
    const section = part("extremes", "Slowest and largest");
    section.append(element("h3", {}, "Slowest"));
    some_documents(section, "Documents that took the longest", data.slowest);
    section.append(element("h3", {}, "Largest"));
    some_documents(section, "The largest documents", data.largest);
    section.append(element("h3", {}, "Near a limit"), element("p", {},
      counted(data.near_limits_in_all, "document") + " took half or more of a limit of time or memory."));
    if (data.near_limits.length > 0) some_documents(section, "Documents near a limit", data.near_limits);
  }

  function samples() {
    if (data.samples.length === 0) return;
    const section = part("samples", "Beside their sources");
    section.append(element("p", {}, "Pictures of some documents beside their Markdown; partial ones first."));
    data.samples.forEach((sample, place) => {
      const open = place === 0 ? {open: ""} : {};
      const pictures = sample.pictures.map((picture, i) =>
        element("img", {src: picture, loading: "lazy", alt: `Picture ${i + 1} of ${sample.name}`}));
      section.append(element("details", open,
        element("summary", {}, sample.name + (sample.state === "ok" ? "" : " (" + sample.state + ")")),
        element("p", {class: "dim"}, sample.path + " ", link("Markdown", sample.markdown)),
        element("div", {class: "sample"}, element("div", {}, ...pictures),
          element("pre", {tabindex: "0", role: "region", "aria-label": "Markdown of " + sample.name}, sample.text))));
    });
  }

  function all_documents() {
    const {name, folder, file, markdown, type, converter, state, bytes, ms, memory, updated, words} = documents;
    const path = (row) => words[folder[row]] + file[row];
    const target = (row) => markdown[row] || "wiki/sources/" + name[row] + ".md";
    table(part("documents", "Documents"), {caption: "All documents", count: name.length,
      words: (row) => name[row] + "\n" + path(row), columns: [
        {title: "Document", wide: true, value: (row) => name[row],
         show: (row) => link(name[row], target(row))},
        text("Type", (row) => words[type[row]]), text("State", (row) => words[state[row]]),
        text("Converter", (row) => words[converter[row]]),
        number("Size", (row) => bytes[row], size),
        number("Time", (row) => ms[row], (value) => known(duration, value)),
        number("Memory", (row) => memory[row], (value) => known(size, value)),
        {title: "Updated", down: true, value: (row) => updated[row], show: (row) => time(updated[row])},
        text("Source", path, {wide: true})]});
  }

  coverage();
  failures();
  changes();
  throughput();
  converters();
  extremes();
  samples();
  all_documents();
  performance.mark("drawn");
})();

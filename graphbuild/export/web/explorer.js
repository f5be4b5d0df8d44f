// The explorer page: draws the graph, filters it, and shows the sentences behind it.
// Every label comes from news text and is shown with textContent only.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const TYPES = data.types, STATUSES = data.statuses;
  const GROUPS = [["Facts", ["fact", "report"]], ["Claims", ["claim"]], ["Plans and possibilities", ["plan", "possibility"]], ["Negations", ["negation"]]];
  const LOUD = 3; // labels of one arrow that are written out
  const CROWDED = 40; // arrows; where there are more, only those pointed at or chosen bear labels
  const state = { types: new Set(Object.keys(TYPES)), statuses: new Set(data.shown), relations: null, since: 0, until: 0,
    lonely: data.edges.length === 0, focus: null, hops: 0, hovered: null, edge: null, found: new Set(), visible: [] };
  const nodes = new Map(data.nodes.map((node) => [node.id, node]));
  const about = new Map(); // entity -> statements that it is an end of
  for (const [id, statement] of Object.entries(data.statements)) {
    for (const end of new Set(statement.ends)) {
      if (!about.has(end)) about.set(end, []);
      about.get(end).push(id);
    }
  }

  function make(tag, options = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(options)) {
      if (name === "text") element.textContent = value;
      else if (name === "on") for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
      else if (name === "colour") element.style.color = value;
      else if (name === "border") element.style.borderColor = value;
      else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }

  function some(number, word) {
    return `${number} ${word}${number === 1 ? "" : "s"}`;
  }

  // --- what is visible -------------------------------------------------------------------------------------------

  const dates = [...new Set(data.edges.flatMap((edge) => edge.dates))].sort();
  state.until = Math.max(0, dates.length - 1);
  const relationLabels = new Map();
  for (const edge of data.edges) relationLabels.set(edge.label, (relationLabels.get(edge.label) || 0) + 1);
  state.relations = new Set(relationLabels.keys());

  function inTime(edge) {
    if (!edge.dates.length || !dates.length) return true;
    return edge.dates.some((date) => date >= dates[state.since] && date <= dates[state.until]);
  }

  function edgePasses(edge) {
    return edge.statuses.some((status) => state.statuses.has(status)) && state.relations.has(edge.label) && inTime(edge)
      && state.types.has(nodes.get(edge.source).type) && state.types.has(nodes.get(edge.target).type);
  }

  function near(edges) {
    let reached = new Set([state.focus]);
    for (let hop = 0; hop < state.hops; hop++) {
      const next = new Set(reached);
      for (const edge of edges) {
        if (reached.has(edge.source)) next.add(edge.target);
        if (reached.has(edge.target)) next.add(edge.source);
      }
      reached = next;
    }
    return reached;
  }

  const graph = new graphology.Graph({ type: "directed", multi: false });
  for (const node of data.nodes) {
    graph.addNode(node.id, { label: node.label, x: node.x, y: node.y, size: 3 + node.size / 2.2, color: TYPES[node.type], hidden: true });
  }

  function update() {
    let edges = data.edges.filter(edgePasses);
    if (state.hops) {
      const kept = near(edges);
      edges = edges.filter((edge) => kept.has(edge.source) && kept.has(edge.target));
    }
    state.visible = edges;
    const linked = new Set(edges.flatMap((edge) => [edge.source, edge.target]));
    if (state.focus) linked.add(state.focus);
    graph.updateEachNodeAttributes((id, attributes) => {
      const wanted = linked.has(id) || (state.lonely && !state.hops && state.types.has(nodes.get(id).type));
      return { ...attributes, hidden: !wanted };
    });
    drawEdges(edges);
    const shown = graph.reduceNodes((sum, id, attributes) => sum + (attributes.hidden ? 0 : 1), 0);
    byId("counts").textContent = `${shown} of ${data.nodes.length} entities · ${edges.length} of ${data.edges.length} relations`;
    if (renderer) renderer.refresh();
  }

  function drawEdges(edges) {
    graph.clearEdges();
    const pairs = new Map();
    for (const edge of edges) {
      const key = JSON.stringify([edge.source, edge.target]);
      if (!pairs.has(key)) pairs.set(key, []);
      pairs.get(key).push(edge);
    }
    for (const [key, found] of pairs) {
      const [source, target] = JSON.parse(key);
      if (source === target) continue; // shown in the details
      const back = pairs.get(JSON.stringify([target, source]));
      let label = written(found);
      if (back) label = source < target ? `${label} ⇄ ${written(back)}` : "";
      const strongest = found.reduce((one, other) => (rank(one) <= rank(other) ? one : other));
      const weight = found.reduce((sum, edge) => sum + edge.weight, 0);
      graph.addEdgeWithKey(key, source, target, { label, color: STATUSES[strongest.status], size: Math.min(1.5 + Math.log2(1 + weight) / 1.5, 6), edges: found });
    }
  }

  const rank = (edge) => Object.keys(STATUSES).indexOf(edge.status);

  function written(found) {
    const labels = [...new Set(found.map((edge) => edge.label))];
    return labels.slice(0, LOUD).join(" · ") + (labels.length > LOUD ? ` +${labels.length - LOUD}` : "");
  }

  // --- drawing ---------------------------------------------------------------------------------------------------

  const ink = () => getComputedStyle(document.documentElement).getPropertyValue("--ink").trim();
  const fade = () => (document.documentElement.classList.contains("dark") ? "#2a313d" : "#e4e7ec");

  function chosen() {
    return state.hovered || (state.edge ? null : state.focus);
  }

  function nodeLook(id, attributes) {
    const look = { ...attributes };
    const centre = chosen();
    if (state.found.size && !centre) {
      if (state.found.has(id)) look.highlighted = true;
      else { look.color = fade(); look.label = ""; }
    }
    if (centre && graph.hasNode(centre)) {
      if (id === centre) look.highlighted = true;
      else if (graph.areNeighbors(id, centre)) look.forceLabel = true;
      else { look.color = fade(); look.label = ""; }
    }
    if (state.edge && !state.hovered && graph.hasEdge(state.edge)) {
      if (graph.hasExtremity(state.edge, id)) look.forceLabel = true;
      else { look.color = fade(); look.label = ""; }
    }
    return look;
  }

  function edgeLook(key, attributes) {
    const look = { ...attributes };
    const centre = chosen();
    const loud = key === state.edge || key === state.edgeHovered || (centre && graph.hasExtremity(key, centre));
    if (loud) look.forceLabel = true;
    else if (centre || state.edge || state.found.size) { look.color = fade(); look.label = ""; }
    if (!loud && graph.size > CROWDED) look.label = "";
    if (key === state.edge || key === state.edgeHovered) look.size = attributes.size + 1.5;
    return look;
  }

  let renderer = null;
  function start() {
    try {
      renderer = new Sigma(graph, byId("graph"), {
        allowInvalidContainer: true, defaultEdgeType: "arrow", enableEdgeEvents: true, renderEdgeLabels: true,
        labelFont: "system-ui, sans-serif", labelSize: 13, labelColor: { color: ink() }, edgeLabelColor: { color: ink() },
        edgeLabelSize: 11, labelDensity: 1.4, labelGridCellSize: 70, labelRenderedSizeThreshold: 3, zIndex: true,
        stagePadding: 50, minEdgeThickness: 1.2, nodeReducer: nodeLook, edgeReducer: edgeLook, defaultDrawNodeHover: drawHover, minCameraRatio: 0.02, maxCameraRatio: 6,
      });
    } catch (error) {
      byId("broken").textContent = `This browser cannot draw the graph (${error.message}); search and lists still work.`;
      byId("broken").hidden = false;
      return;
    }
    renderer.on("clickNode", ({ node }) => showNode(node));
    renderer.on("clickEdge", ({ edge }) => showPair(edge));
    renderer.on("clickStage", () => close());
    renderer.on("enterNode", ({ node }) => { state.hovered = node; renderer.refresh({ skipIndexation: true }); });
    renderer.on("leaveNode", () => { state.hovered = null; renderer.refresh({ skipIndexation: true }); });
    renderer.on("enterEdge", ({ edge }) => { state.edgeHovered = edge; renderer.refresh({ skipIndexation: true }); });
    renderer.on("leaveEdge", () => { state.edgeHovered = null; renderer.refresh({ skipIndexation: true }); });
  }

  function drawHover(context, node, settings) {
    const size = settings.labelSize;
    context.font = `600 ${size}px ${settings.labelFont}`;
    const text = node.label || "";
    const width = text ? context.measureText(text).width + 14 : 0;
    context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--panel").trim();
    context.strokeStyle = node.color;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(node.x, node.y, node.size + 3, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
    if (!text) return;
    context.beginPath();
    context.roundRect(node.x + node.size + 5, node.y - size / 2 - 5, width, size + 10, 6);
    context.fill();
    context.stroke();
    context.fillStyle = ink();
    context.fillText(text, node.x + node.size + 12, node.y + size / 3);
  }

  function fit() {
    if (!renderer) return;
    renderer.setCustomBBox(null);
    renderer.refresh();
    renderer.getCamera().animatedReset({ duration: 200 });
  }

  function centre(id) {
    if (!renderer) return;
    const display = renderer.getNodeDisplayData(id);
    if (display && !graph.getNodeAttribute(id, "hidden")) renderer.getCamera().animate({ x: display.x, y: display.y, ratio: Math.min(0.6, renderer.getCamera().ratio) }, { duration: 250 });
  }

  // --- details ---------------------------------------------------------------------------------------------------

  function link(id) {
    const node = nodes.get(id);
    return make("button", { type: "button", class: "link", text: node ? node.label : id, on: { click: () => node && showNode(id, true) } });
  }

  function sentence(statement) {
    const source = data.documents[statement.document];
    const where = make("p", { class: "where" });
    const title = statement.title;
    if (source && /^https?:\/\//.test(source.url)) where.append(make("a", { href: source.url, target: "_blank", rel: "noopener noreferrer", text: title }));
    else where.append(title);
    if (source && source.date) where.append(` · ${source.date}`);
    if (source && source.publisher) where.append(` · ${source.publisher}`);
    return where;
  }

  function statementBox(id) {
    const statement = data.statements[id];
    const box = make("article", { class: "statement", border: STATUSES[statement.status] }, make("p", { class: "said", text: statement.text }));
    const facts = make("p", { class: "where" });
    facts.append(statement.status);
    if (statement.source) facts.append(" · says ", link(statement.source), statement.cue ? ` (“${statement.cue}”)` : "");
    for (const extra of statement.extras) facts.append(` · ${extra}`);
    box.append(facts);
    for (const [document, text] of statement.evidence) {
      const title = (data.documents[document] || {}).title || document;
      box.append(make("blockquote", { text, dir: "auto" }), sentence({ document, title }));
    }
    return box;
  }

  function panel(title, meta, ids) {
    const details = byId("details");
    details.replaceChildren(make("button", { type: "button", class: "close", text: "Close", "aria-label": "Close details", on: { click: close } }), make("h2", { text: title, dir: "auto" }), ...meta);
    for (const [name, statuses] of GROUPS) {
      const group = ids.filter((id) => statuses.includes(data.statements[id].status));
      if (!group.length) continue;
      const count = make("span", { class: "count", text: String(group.length) });
      details.append(make("h3", {}, make("span", { class: "swatch bar", colour: STATUSES[statuses[0]] }), name, count), ...group.map(statementBox));
    }
    details.hidden = false;
    details.scrollTop = 0;
    if (renderer) renderer.resize();
  }

  function showNode(id, move = false) {
    const node = nodes.get(id);
    state.focus = id;
    state.edge = null;
    state.hovered = null;
    const meta = [make("p", { class: "meta", text: `${node.type} · ${some(node.mentions, "mention")} in ${some(node.articles, "article")}` })];
    if (node.aliases) meta.push(make("p", { class: "meta", dir: "auto", text: `also: ${node.aliases}` }));
    if (/^Q[0-9]+$/.test(node.wikidata)) meta.push(make("p", { class: "meta" }, make("a", { href: `https://www.wikidata.org/wiki/${node.wikidata}`, target: "_blank", rel: "noopener noreferrer", text: `Wikidata ${node.wikidata}` })));
    const hops = make("p", { class: "meta" }, "Neighbourhood: ");
    for (const [number, name] of [[0, "whole graph"], [1, "1 step"], [2, "2 steps"]]) {
      hops.append(make("button", { type: "button", "aria-pressed": String(state.hops === number), text: name, on: { click: () => { state.hops = number; update(); showNode(id); fit(); } } }), " ");
    }
    panel(node.label, [...meta, hops], about.get(id) || []);
    update();
    if (move) centre(id);
  }

  function showPair(key) {
    state.edge = key;
    state.focus = state.hops ? state.focus : null;
    const [source, target] = JSON.parse(key);
    const found = state.visible.filter((edge) => (edge.source === source && edge.target === target) || (edge.source === target && edge.target === source));
    const ids = [...new Set(found.flatMap((edge) => edge.statements))];
    const ends = make("p", { class: "meta" }, link(source), " → ", link(target));
    panel(written(found), [ends], ids);
    if (renderer) renderer.refresh();
  }

  function close() {
    state.focus = state.edge = state.hovered = null;
    state.hops = 0;
    byId("details").hidden = true;
    update();
    if (renderer) renderer.resize();
  }

  // --- search and filters ----------------------------------------------------------------------------------------

  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const names = data.nodes.map((node) => [node.id, folded(`${node.label} | ${node.aliases}`)]);
  const linkedness = new Map();
  for (const edge of data.edges) for (const end of [edge.source, edge.target]) linkedness.set(end, (linkedness.get(end) || 0) + 1);

  function search() {
    const wanted = folded(byId("search").value.trim());
    const hits = wanted ? names.filter(([, name]) => name.includes(wanted)).map(([id]) => id) : [];
    state.found = new Set(hits);
    const order = (wanted ? hits : names.map(([id]) => id)).sort((one, other) => (linkedness.get(other) || 0) - (linkedness.get(one) || 0));
    byId("results").replaceChildren(...order.slice(0, wanted ? 50 : 8).map((id) => {
      const node = nodes.get(id);
      const button = make("button", { type: "button", on: { click: () => showNode(id, true) } }, make("span", { class: "swatch", colour: TYPES[node.type] }), make("span", { text: node.label, dir: "auto" }));
      return make("li", {}, button);
    }));
    if (wanted && !hits.length) byId("results").append(make("li", { class: "small", text: "nothing found" }));
    if (renderer) renderer.refresh({ skipIndexation: true });
  }

  function moveThroughResults(event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const buttons = [...byId("results").querySelectorAll("button")];
    const next = buttons.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    (buttons[next] || byId("search")).focus();
    event.preventDefault();
  }

  function choices(box, set, entries, bar) {
    byId(box).replaceChildren(...entries.map(([name, colour, count]) => {
      const input = make("input", { type: "checkbox", value: name });
      input.checked = set.has(name);
      input.addEventListener("change", () => { if (input.checked) set.add(name); else set.delete(name); update(); });
      const swatch = colour ? [make("i", { class: bar ? "swatch bar" : "swatch", colour })] : [];
      return make("label", { class: "row" }, input, ...swatch, make("span", { text: name, title: name }), make("span", { class: "count", text: String(count) }));
    }));
  }

  function countBy(items, key) {
    const counts = new Map();
    for (const item of items) counts.set(key(item), (counts.get(key(item)) || 0) + 1);
    return counts;
  }

  function filters() {
    const types = countBy(data.nodes, (node) => node.type);
    choices("types", state.types, Object.entries(TYPES).filter(([name]) => types.has(name)).map(([name, colour]) => [name, colour, types.get(name)]));
    const statuses = countBy(Object.values(data.statements), (statement) => statement.status);
    choices("statuses", state.statuses, Object.entries(STATUSES).filter(([name]) => statuses.has(name)).map(([name, colour]) => [name, colour, statuses.get(name)]), true);
    relations();
    byId("lonely").checked = state.lonely;
    byId("dates").hidden = dates.length < 2;
    for (const id of ["since", "until"]) { byId(id).max = String(Math.max(0, dates.length - 1)); byId(id).value = String(state[id]); }
    byId("span").textContent = dates.length ? `${dates[state.since]} – ${dates[state.until]}` : "";
  }

  function relations() {
    choices("relations", state.relations, [...relationLabels].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).map(([name, count]) => [name, null, count]));
  }

  function slide(event) {
    state[event.target.id] = Number(event.target.value);
    if (state.since > state.until) state[event.target.id === "since" ? "until" : "since"] = Number(event.target.value);
    filters();
    update();
  }

  // --- saving ----------------------------------------------------------------------------------------------------

  function save(blob, name) {
    const url = URL.createObjectURL(blob);
    make("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  }

  function savePicture() {
    if (!renderer) return;
    renderer.once("afterRender", () => {
      const layers = [...byId("graph").querySelectorAll("canvas")];
      const canvas = make("canvas", { width: layers[0].width, height: layers[0].height });
      const context = canvas.getContext("2d");
      context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--back").trim();
      context.fillRect(0, 0, canvas.width, canvas.height);
      for (const layer of layers) if (!layer.className.includes("mouse")) context.drawImage(layer, 0, 0);
      canvas.toBlob((blob) => save(blob, "graph.png"));
    });
    renderer.refresh();
  }

  function cell(value) {
    let text = String(value ?? "");
    if (/^[=+\-@\t\r\n＝＋－＠]/.test(text)) text = `'${text}`; // a spreadsheet would run it
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  function table() {
    const rows = [["subject", "relation", "object", "status", "sentence", "article", "date"]];
    for (const edge of state.visible) {
      for (const id of edge.statements) {
        const statement = data.statements[id];
        for (const [document, text] of statement.evidence.length ? statement.evidence : [["", ""]]) {
          rows.push([nodes.get(edge.source).label, edge.label, nodes.get(edge.target).label, statement.status, text, document, (data.documents[document] || {}).date]);
        }
      }
    }
    return rows.map((row) => row.map(cell).join(",")).join("\n") + "\n";
  }

  // --- start -----------------------------------------------------------------------------------------------------

  function theme(dark) {
    document.documentElement.classList.toggle("dark", dark);
    if (!renderer) return;
    renderer.setSetting("labelColor", { color: ink() });
    renderer.setSetting("edgeLabelColor", { color: ink() });
    renderer.refresh();
  }

  const turnTheme = () => theme(!document.documentElement.classList.contains("dark"));

  function keys(event) {
    if (event.key === "Escape") { byId("search").value = ""; search(); close(); return; }
    if (/^(input|textarea|select)$/i.test(event.target.tagName) || event.ctrlKey || event.metaKey || event.altKey) return;
    const camera = renderer && renderer.getCamera();
    const step = camera ? 0.1 * camera.ratio : 0;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    if (event.key === "/") { byId("search").focus(); event.preventDefault(); }
    else if (event.key === "d") turnTheme();
    else if (event.key === "0") fit();
    else if (camera && (event.key === "+" || event.key === "=")) camera.animatedZoom({ duration: 150 });
    else if (camera && event.key === "-") camera.animatedUnzoom({ duration: 150 });
    else if (camera && moves[event.key] && event.target.id === "graph") {
      camera.setState({ x: camera.x + moves[event.key][0], y: camera.y + moves[event.key][1] });
      event.preventDefault();
    }
  }

  const on = (id, event, handler) => byId(id).addEventListener(event, handler);
  on("search", "input", search);
  on("search", "keydown", moveThroughResults);
  on("results", "keydown", moveThroughResults);
  on("since", "input", slide);
  on("until", "input", slide);
  on("lonely", "change", () => { state.lonely = byId("lonely").checked; update(); });
  on("all", "click", () => { state.relations = new Set(relationLabels.keys()); relations(); update(); });
  on("none", "click", () => { state.relations = new Set(); relations(); update(); });
  on("fit", "click", fit);
  on("theme", "click", turnTheme);
  on("png", "click", savePicture);
  on("csv", "click", () => save(new Blob([table()], { type: "text/csv" }), "graph.csv"));
  document.addEventListener("keydown", keys);
  if (data.notice) { byId("notice").textContent = data.notice; byId("notice").hidden = false; }
  theme(matchMedia("(prefers-color-scheme: dark)").matches);
  filters();
  update();
  start();
  search();
  window.explorer = { graph, renderer }; // for the console
})();

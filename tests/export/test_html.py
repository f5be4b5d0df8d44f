"""The explorer page in headless Chromium: draws, finds, filters, cites, stays at home; hostile text is harmless."""

import base64
import hashlib
import json
import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from graphbuild import KnowledgeGraph
from graphbuild.export import html, write
from graphbuild.model import Entity, EntityType, Evidence, Statement

WEB = Path(html.__file__).parent / "web"


@pytest.fixture(scope="module")
def browser():
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    driver = shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("Chromium or its driver is not installed (Debian: chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in ("headless=new", "no-sandbox", "disable-dev-shm-usage", "window-size=1100,650",
                     "enable-unsafe-swiftshader", "use-angle=swiftshader"):  # fmt: skip
        options.add_argument(f"--{argument}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    made = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield made
    made.quit()


@pytest.fixture
def page(browser, graph, tmp_path):
    return _open(browser, graph, tmp_path)


def _open(browser, graph, folder: Path):
    write(graph, folder / "graph.html")
    for kind in ("browser", "performance"):
        browser.get_log(kind)
    browser.get((folder / "graph.html").as_uri())
    return browser


def script(page, body: str):
    return page.execute_script(body)


def text(page, selector: str) -> str:
    return page.find_element("css selector", selector).text


def find(page, words: str) -> list[str]:
    """Type into the search box; labels of what it finds."""
    box = page.find_element("id", "search")
    box.clear()
    box.send_keys(words)
    return [button.text for button in page.find_elements("css selector", "#results button")]


def details(page) -> dict[str, str]:
    """Heading of each group → the text below it."""
    parts = page.execute_script("""
        const found = {}; let name = "";
        for (const part of document.querySelectorAll("#details > *")) {
          if (part.tagName === "H3") { name = part.childNodes[1].textContent; found[name] = ""; }
          else if (name) found[name] += part.textContent + "\\n";
        }
        return found;""")
    return dict(parts)


PICTURE = """
    const done = arguments[0], old = URL.createObjectURL;
    URL.createObjectURL = (blob) => { URL.createObjectURL = old; createImageBitmap(blob).then((image) => {
      const canvas = document.createElement("canvas"); canvas.width = image.width; canvas.height = image.height;
      const context = canvas.getContext("2d"); context.drawImage(image, 0, 0);
      const pixels = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
      done([blob.type, [...new Set(pixels)].length]); }); return old(blob); };
    document.getElementById("png").click();"""


def test_the_graph_is_drawn_and_can_be_saved_as_a_picture(page):
    kind, colours = page.execute_async_script(PICTURE)
    assert kind == "image/png" and colours > 50
    assert text(page, "#counts") == "7 of 9 entities · 6 of 7 relations"


def test_search_finds_names_and_aliases_without_accents_or_case(page):
    assert find(page, "okafor") == ["Mira Okafor"]
    assert find(page, "HARBOR") == ["The Harbor Courier"]
    assert find(page, "zzz") == []


def test_filters_change_what_is_shown(page):
    page.find_element("css selector", "#types input[value=Person]").click()
    assert text(page, "#counts") == "5 of 9 entities · 3 of 7 relations"
    page.find_element("css selector", "#statuses input[value=report]").click()
    assert text(page, "#counts") == "4 of 9 entities · 2 of 7 relations"
    page.find_element("css selector", "#statuses input[value=negation]").click()
    page.find_element("css selector", "#types input[value=Person]").click()
    assert "6 of 7 relations" in text(page, "#counts")
    page.find_element("id", "none").click()
    assert text(page, "#counts") == "0 of 9 entities · 0 of 7 relations"
    page.find_element("id", "lonely").click()
    assert text(page, "#counts") == "9 of 9 entities · 0 of 7 relations"


def test_the_date_slider_hides_what_was_published_outside(page):
    script(page, "const s = document.getElementById('until'); s.value = '0'; s.dispatchEvent(new Event('input'))")
    assert text(page, "#span") == "2031-05-04 – 2031-05-04"
    assert "3 of 7 relations" in text(page, "#counts")


def test_a_click_on_an_entity_shows_its_sentences_in_groups(page):
    find(page, "okafor")
    page.find_element("css selector", "#results button").click()
    groups = details(page)
    assert list(groups) == ["Facts", "Negations"]
    assert "Mira Okafor, the foreign minister of Arvandia, met Tomas Lindqvist in Velden on 3 May." in groups["Facts"]
    assert "She has not visited Belmora, an aide said." in groups["Negations"]
    links = page.find_elements("css selector", "#details blockquote + p a")
    assert {link.get_attribute("href") for link in links} == {"https://news.example/summit"}


def test_a_click_on_an_arrow_shows_all_its_evidence(page):
    where = script(page, """
        const { graph, renderer } = window.explorer, key = JSON.stringify(["mira-okafor", "tomas-lindqvist"]);
        const [one, other] = graph.extremities(key).map((id) => renderer.graphToViewport(graph.getNodeAttributes(id)));
        const box = document.getElementById("graph").getBoundingClientRect();
        return [box.left + (one.x + other.x) / 2, box.top + (one.y + other.y) / 2].map(Math.round);""")  # fmt: skip
    from selenium.webdriver.common.actions.action_builder import ActionBuilder

    actions = ActionBuilder(page)
    actions.pointer_action.move_to_location(where[0] - 3, where[1]).move_to_location(*where).pause(0.2).click()
    actions.perform()
    assert text(page, "#details h2") == "met with"
    assert [q.text[:12] for q in page.find_elements("css selector", "#details blockquote")] == [
        "Mira Okafor,",
        "Okafor and L",
    ]


def test_the_neighbourhood_of_an_entity_can_be_seen_alone(page):
    find(page, "belmora")
    page.find_element("css selector", "#results button").click()
    page.find_element("xpath", "//button[text()='1 step']").click()
    assert text(page, "#counts") == "2 of 9 entities · 1 of 7 relations"
    page.find_element("css selector", "body").send_keys("\ue00c")  # Escape
    assert text(page, "#counts") == "7 of 9 entities · 6 of 7 relations"


def test_the_keyboard_alone_suffices(page):
    page.find_element("css selector", "body").send_keys("/")
    page.switch_to.active_element.send_keys("velden", "\ue015")  # arrow down
    page.switch_to.active_element.send_keys("\ue007")  # Enter
    assert text(page, "#details h2") == "Velden"
    page.find_element("id", "graph").send_keys("d")
    dark = script(page, "return document.documentElement.classList.contains('dark')")
    page.find_element("id", "graph").send_keys("d")
    assert dark != script(page, "return document.documentElement.classList.contains('dark')")


def test_the_visible_statements_can_be_saved_as_a_table(page):
    table = page.execute_async_script("""
        const done = arguments[0], old = URL.createObjectURL;
        URL.createObjectURL = (blob) => { URL.createObjectURL = old; blob.text().then(done); return old(blob); };
        document.getElementById("csv").click();""")
    lines = table.strip().split("\n")
    assert lines[0] == "subject,relation,object,status,sentence,article,date"
    assert len(lines) == 8
    assert "Arvandia,offered to host,river talks,report," in table


def test_no_request_leaves_the_machine(page):
    find(page, "okafor")
    events = (json.loads(entry["message"])["message"] for entry in page.get_log("performance"))
    urls = [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]
    assert urls and all(re.match("(file|data|blob):", url) for url in urls)
    refused = page.execute_async_script(
        "const done = arguments[0]; fetch('http://localhost/').then(() => done(false), () => done(true))"
    )
    assert refused
    assert "connect-src" not in page.page_source and "default-src 'none'" in page.page_source


def test_hostile_text_stays_text(browser, hostile, tmp_path):
    page = _open(browser, hostile, tmp_path)
    for key in hostile.entities:
        script(page, f"window.explorer.renderer.emit('clickNode', {{ node: '{key}' }})")
    find(page, "script")
    page.find_element("css selector", "#results button").click()
    assert "</script><script>" in text(page, "#details h2")
    assert script(page, "return [document.title, document.scripts.length, document.images.length]") == [
        "Knowledge graph",
        4,
        0,
    ]
    assert script(page, "return [...document.links].map((a) => a.protocol).filter((p) => p !== 'https:').length") == 0
    assert page.get_log("browser") == []


def test_names_that_every_object_of_the_page_has_are_names_like_others(browser, tmp_path):
    names = ("constructor", "toString", "hasOwnProperty", "valueOf", "__proto__")
    people = [Entity(name, EntityType.PERSON, name) for name in names]
    said = [
        Statement(one, two, two, source=one, cue="=1+1", evidence=(Evidence(one, 0, 3, one),))
        for one, two in pairwise(names)
    ]
    graph = KnowledgeGraph(people, said)
    page = _open(browser, graph, tmp_path)
    for key in graph.entities:
        script(page, f"window.explorer.renderer.emit('clickNode', {{ node: '{key}' }})")
        assert "function" not in text(page, "#details")
    assert find(page, "constructor") == ["constructor"]
    assert text(page, "#counts") == "5 of 5 entities · 4 of 4 relations"
    assert page.get_log("browser") == []


@pytest.mark.parametrize("name", ["lone", "empty"])
def test_the_smallest_graphs_open_too(browser, lone, tmp_path, name):
    page = _open(browser, lone if name == "lone" else type(lone)(), tmp_path)
    count = 1 if name == "lone" else 0
    assert text(page, "#counts") == f"{count} of {count} entities · 0 of 0 relations"
    assert page.get_log("browser") == []


def test_a_large_graph_is_cut_to_the_best_linked_and_says_so(browser, many, tmp_path, monkeypatch):
    monkeypatch.setattr(html, "MOST", 300)
    page = _open(browser, many, tmp_path)
    assert text(page, "#notice") == "The 300 best linked of 2,000 entities are shown."
    assert "of 300 entities" in text(page, "#counts")


# --- without a browser --------------------------------------------------------------------------------------------


def test_vendored_files_are_those_of_the_npm_packages():
    pinned = dict(reversed(line.split()) for line in (WEB / "sha256.txt").read_text().splitlines())
    assert set(pinned) == {html.GRAPHOLOGY, html.SIGMA}
    for name, digest in pinned.items():
        assert hashlib.sha256((WEB / name).read_bytes()).hexdigest() == digest
        assert "MIT" in (WEB / f"{name.partition('-')[0]}-LICENSE.txt").read_text()


def test_the_policy_allows_the_pages_own_scripts_and_nothing_else(hostile, tmp_path):
    write(hostile, tmp_path / "a.html")
    page = (tmp_path / "a.html").read_text("utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.S)
    hashes = {base64.b64encode(hashlib.sha256(body.encode()).digest()).decode() for body in scripts}
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    assert hashes == set(re.findall(r"sha256-([^']*)", policy.split("style-src")[0]))
    assert len(scripts) == 3 and policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy and "http" not in policy


def test_the_data_hold_no_tag(hostile, tmp_path):
    write(hostile, tmp_path / "a.html")
    data = (tmp_path / "a.html").read_text("utf-8").split('id="data">')[1].split("</script>")[0]
    assert "<" not in data
    assert {node["label"] for node in json.loads(data)["nodes"]} == {e.label for e in hostile.entities.values()}

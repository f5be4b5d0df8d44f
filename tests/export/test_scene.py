"""What a drawing shows: one edge per subject, relation and object, with weights and dates; places that last."""

from dataclasses import replace

import pytest

from graphbuild import KnowledgeGraph
from graphbuild.export import layout, picture, scene
from graphbuild.export.options import Options
from graphbuild.model import Entity, EntityType, Evidence, Mention, Statement, Status


def edges(graph, **options):
    return {(edge.source, edge.label, edge.target): edge for edge in scene.edges(graph, **options)}


def test_an_operator_points_to_what_is_offered(graph):
    assert ("arvandia", "offered to host", "river-talks-summit") in edges(graph)
    assert not any(label in ("hosted", "offered") for _, label, _ in edges(graph))


def test_an_addressee_keeps_an_edge_of_its_own(graph):
    (offer,) = graph.statements(relation="offered")
    more = KnowledgeGraph(graph.entities.values(), [replace(offer, object="belmora")], (), graph.vocabulary)
    assert [label for _, label, _ in edges(more)] == ["offered", "offered to host"]


def test_a_symmetric_relation_is_one_edge_however_it_is_said(graph):
    edge = edges(graph)["mira-okafor", "met with", "tomas-lindqvist"]
    assert (edge.weight, edge.facts, len(edge.statements)) == (2.0, 2, 2)
    assert (edge.first_date, edge.last_date) == ("2031-05-04", "2031-05-11")


def test_negations_are_edges_only_if_asked_for(graph):
    assert not any("not " in label for _, label, _ in edges(graph))
    edge = edges(graph, negations=True)["mira-okafor", "not visited", "belmora"]
    assert (edge.status, edge.relation, edge.facts) == ("negation", "not-visited", 0)


@pytest.mark.parametrize(
    ("statuses", "strongest"),
    [
        (["Plan", "Fact", "Claim"], "fact"),
        (["Claim", "Report"], "report"),
        (["Possibility", "Plan", "Claim"], "claim"),
        (["Possibility", "Plan"], "plan"),
    ],
)
def test_the_strongest_status_is_the_edges_own(statuses, strongest):
    said = [Statement("a", "met", "b", status=Status(status)) for status in statuses]
    (edge,) = scene.edges(KnowledgeGraph([], said))
    assert edge.status == strongest


def test_weight_counts_articles_and_counts_count_sentences():
    evidence = tuple(Evidence(document, i, i + 1, "x") for i, document in enumerate("aab"))
    (edge,) = scene.edges(KnowledgeGraph([], [Statement("a", "met", "b", evidence=evidence)]))
    assert (edge.weight, edge.facts) == (2.0, 3)


@pytest.mark.parametrize(("mentions", "size"), [(0, 4.0), (1, 4.0), (4, 8.0), (100, 40.0), (5000, 40.0)])
def test_size_is_the_square_root_of_mentions_within_bounds(mentions, size):
    places = tuple(Mention("a", i, i + 1, "", "name") for i in range(mentions))
    (node,) = scene.nodes(KnowledgeGraph([Entity("a", EntityType.STATE, "A", mentions=places)]))
    assert (node.size, node.mentions) == (size, mentions)


def test_types_have_colours_of_their_own():
    assert len(set(scene.COLOURS.values())) == len(EntityType)


def test_places_are_the_same_again_and_apart(many):
    pairs = {(edge.source, edge.target): 1 for edge in scene.edges(many)}
    places = layout.positions(list(many.entities), pairs)
    assert places == layout.positions(list(many.entities), dict(reversed(pairs.items())))
    assert len(set(places.values())) > 0.98 * len(places)


def test_neighbours_lie_apart_so_that_labels_can_be_read():
    places = list(layout.positions(list("abcd"), {("a", "b"): 1, ("b", "c"): 3, ("a", "d"): 1}).values())
    gaps = [abs(complex(*one) - complex(*other)) for i, one in enumerate(places) for other in places[:i]]
    assert min(gaps) > layout.NEAREST - 5


def test_a_very_large_graph_gets_a_simple_layout_at_once():
    nodes = [f"n{i:05}" for i in range(layout.LARGE + 2)]
    places = layout.positions(nodes, {(nodes[i], nodes[i // 2]): 1 for i in range(1, len(nodes))})
    assert len(places) == len(nodes)


def test_a_picture_holds_the_best_linked(many):
    drawn = picture.picture(many, Options())
    circles = [shape for shape in drawn.shapes if isinstance(shape, picture.Circle)]
    assert len(circles) <= picture.MOST + len(EntityType)
    assert all(0 <= circle.x <= drawn.width and 0 <= circle.y <= drawn.height for circle in circles)


def test_names_in_a_picture_cover_neither_each_other_nor_leave_the_page(many):
    drawn = picture.picture(many, Options())
    names = [shape for shape in drawn.shapes if isinstance(shape, picture.Label) and shape.size == picture.FONT]
    boxes = [(n.x, n.y - picture.FONT, n.x + picture.WIDE * picture.FONT * len(n.text), n.y) for n in names]
    assert all(left >= 0 and top >= 0 and right <= drawn.width for left, top, right, _ in boxes)
    for i, (left, top, right, bottom) in enumerate(boxes):
        for x, y, far, low in boxes[:i]:
            assert far <= left or x >= right or low <= top or y >= bottom


def test_parts_without_a_link_lie_side_by_side():
    pairs = {(f"{part}{i}", f"{part}{i + 1}"): 1 for part in "abcd" for i in range(4)}
    nodes = sorted({node for pair in pairs for node in pair})
    places = layout.positions(nodes, pairs)
    for one in nodes:
        for other in nodes:
            if one[0] != other[0]:
                assert abs(complex(*places[one]) - complex(*places[other])) > layout.GAP - 1

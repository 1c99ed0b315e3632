"""A city's extract made of a quarter's: again and again, each copy further off."""

from pathlib import Path

APART = 20_000_000_000  # from the identifiers of one copy to those of the next
ROW = 25
EAST, NORTH = 0.03, 0.04  # degrees


def write_large(source: Path, out: Path, copies: int) -> None:
    """Write `source` `copies` times over into `out`, in the order that extracts have."""
    import osmium
    from osmium.osm import mutable

    nodes, ways, relations = [], [], []
    for thing in osmium.FileProcessor(str(source)):
        tags = dict(thing.tags)
        if thing.is_node():
            nodes.append((thing.id, thing.lon, thing.lat, tags))
        elif thing.is_way():
            ways.append((thing.id, [n.ref for n in thing.nodes], tags))
        else:
            members = [(m.type, m.ref, m.role) for m in thing.members]
            relations.append((thing.id, members, tags))
    writer = osmium.SimpleWriter(str(out), overwrite=True)
    for k in range(copies):
        east, north = k % ROW * EAST, k // ROW * NORTH
        for number, lon, lat, tags in nodes:
            place = (lon + east, lat + north)
            writer.add_node(
                mutable.Node(id=number + k * APART, location=place, tags=tags, version=1)
            )
    for k in range(copies):
        for number, refs, tags in ways:
            there = [ref + k * APART for ref in refs]
            writer.add_way(mutable.Way(id=number + k * APART, nodes=there, tags=tags, version=1))
    for k in range(copies):
        for number, members, tags in relations:
            there = [(kind, ref + k * APART, role) for kind, ref, role in members]
            writer.add_relation(
                mutable.Relation(id=number + k * APART, members=there, tags=tags, version=1)
            )
    writer.close()

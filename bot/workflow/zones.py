"""Time zones as people choose them: usual ones by region, and any of them by name."""

from functools import cache
from zoneinfo import available_timezones

USUAL: dict[str, tuple[str, ...]] = {
    "Europe": (
        "Amsterdam", "Athens", "Belgrade", "Berlin", "Brussels", "Bucharest", "Budapest",
        "Chisinau", "Copenhagen", "Dublin", "Helsinki", "Istanbul", "Kyiv", "Lisbon", "London",
        "Madrid", "Minsk", "Moscow", "Oslo", "Paris", "Prague", "Riga", "Rome", "Sarajevo",
        "Skopje", "Sofia", "Stockholm", "Tallinn", "Tirane", "Vienna", "Vilnius", "Warsaw",
        "Zagreb", "Zurich",
    ),
    "America": (
        "Anchorage", "Argentina/Buenos_Aires", "Bogota", "Caracas", "Chicago", "Denver",
        "Guatemala", "Halifax", "Havana", "La_Paz", "Lima", "Los_Angeles", "Mexico_City",
        "Montevideo", "New_York", "Panama", "Phoenix", "Santiago", "Sao_Paulo", "Toronto",
        "Vancouver",
    ),
    "Asia": (
        "Almaty", "Amman", "Baghdad", "Baku", "Bangkok", "Beirut", "Bishkek", "Colombo", "Damascus",
        "Dhaka", "Dubai", "Ho_Chi_Minh", "Hong_Kong", "Jakarta", "Jerusalem", "Kabul", "Karachi",
        "Kathmandu", "Kolkata", "Manila", "Riyadh", "Seoul", "Shanghai", "Singapore", "Taipei",
        "Tashkent", "Tbilisi", "Tehran", "Tokyo", "Ulaanbaatar", "Yangon", "Yerevan",
    ),
    "Africa": (
        "Abidjan", "Accra", "Addis_Ababa", "Algiers", "Cairo", "Casablanca", "Dakar", "Harare",
        "Johannesburg", "Kampala", "Khartoum", "Kinshasa", "Lagos", "Lusaka", "Maputo", "Nairobi",
        "Tripoli", "Tunis",
    ),
    "Australia": ("Adelaide", "Brisbane", "Darwin", "Hobart", "Melbourne", "Perth", "Sydney"),
    "Pacific": ("Auckland", "Fiji", "Guam", "Honolulu", "Port_Moresby", "Tongatapu"),
}  # fmt: skip


def zones_in(region: str) -> tuple[str, ...]:
    """The usual zones of a region, by city; empty for a region that is none."""
    return tuple(f"{region}/{city}" for city in USUAL.get(region, ()))


def zone_named(written: str) -> str | None:
    """The zone that somebody means by "Europe/Kyiv", "kyiv" or "new york"; None for no zone."""
    return _by_name().get("_".join(written.split()).casefold())


def city_of(zone: str) -> str:
    """The part of a zone's name that people say: "New York"."""
    return zone.rpartition("/")[2].replace("_", " ")


@cache
def _by_name() -> dict[str, str]:
    """Zones by full name and by city; a usual one wins where a city's name means several."""
    full = sorted(available_timezones())
    usual = [zone for region in USUAL for zone in zones_in(region)]
    cities = {zone.rpartition("/")[2].casefold(): zone for zone in full + usual if "/" in zone}
    return cities | {zone.casefold(): zone for zone in full}

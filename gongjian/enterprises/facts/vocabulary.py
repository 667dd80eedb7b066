"""The word that multiplies a unit by ten thousand; English counts on."""

TEN_THOUSAND = "万"

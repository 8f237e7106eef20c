import pytest

from allmende.lib.regional_key import district_key, is_regional_key, land, municipality_key


def test_the_municipality_key_leaves_out_the_association() -> None:
    assert municipality_key("150815051030") == "15081030"
    assert district_key("150815051030") == "15081"
    assert land("150815051030") == "Sachsen-Anhalt"


@pytest.mark.parametrize("wrong", ["", "15081505103", "170815051030", "000000000000", "15081505103a", "١٥٠٨١٥٠٥١٠٣٠"])
def test_what_is_no_key_is_refused(wrong: str) -> None:
    assert not is_regional_key(wrong)
    with pytest.raises(ValueError, match="12 digits"):
        land(wrong)

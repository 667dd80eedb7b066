"""Supporting units (协办单位): they are asked, sign, answer, and are released."""

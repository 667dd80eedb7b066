"""Supporting units (协办单位): asked, signing, answering, sent back, released."""

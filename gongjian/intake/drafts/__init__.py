"""One draft: correcting it, dropping it, bringing it back."""

"""Mail about issues of the gazette and new notices: asked for, confirmed by a link, left with one click. And feeds, without an address."""

//! The formats that browsers show.

/// A format of pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// AV1 stills.
    Avif,
    /// Windows bitmaps.
    Bmp,
    /// With or without motion.
    Gif,
    /// Icons of several sizes.
    Ico,
    /// Photographs.
    Jpeg,
    /// Without loss.
    Png,
    /// Drawings, of which any size can be made.
    Svg,
    /// With or without loss.
    Webp,
}

impl Format {
    const ALL: [Self; 8] = [Self::Avif, Self::Bmp, Self::Gif, Self::Ico, Self::Jpeg, Self::Png, Self::Svg, Self::Webp];

    /// The ending of a copy's name.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Avif => "avif",
            Self::Bmp => "bmp",
            Self::Gif => "gif",
            Self::Ico => "ico",
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Webp => "webp",
        }
    }

    /// The format of a copy whose name ends so.
    #[must_use]
    pub fn of_extension(extension: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.extension() == extension)
    }

    /// As HTTP tells it.
    #[must_use]
    pub const fn mime_type(self) -> &'static str {
        match self {
            Self::Avif => "image/avif",
            Self::Bmp => "image/bmp",
            Self::Gif => "image/gif",
            Self::Ico => "image/x-icon",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Svg => "image/svg+xml",
            Self::Webp => "image/webp",
        }
    }
}

//! What a picture's first bytes tell. Pure; no pixel is decoded, so that no picture takes more memory than its file.

use super::{Format, Kept, name, orientation, svg};
use imagesize::{Compression, ImageSize, ImageType};

/// A longer file is not kept.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// A longer side is beyond what browsers and libraries draw.
const MAX_SIDE: u64 = 32_767;

/// What a picture takes when it is drawn follows its pixels, not its bytes.
const MAX_PIXELS: u64 = 100_000_000;

/// Why a file is no picture that can be kept, in the words of who put it there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Nothing is in it.
    #[error("the file is empty")]
    Empty,
    /// Too long.
    #[error("the file has {0} bytes, and a picture has at most {MAX_BYTES}; make it smaller")]
    TooLong(u64),
    /// Not one of the formats.
    #[error("its bytes are no picture that browsers show (AVIF, BMP, GIF, ICO, JPEG, PNG, SVG or WebP)")]
    NoPicture,
    /// Cut off or broken.
    #[error("it begins as {0}, but does not tell its size; the file may be cut off")]
    Broken(&'static str),
    /// Too many pixels.
    #[error(
        "it has {width} × {height} pixels, and a picture has at most {MAX_PIXELS}, {MAX_SIDE} a side; scale it down"
    )]
    TooLarge {
        /// In pixels.
        width: u64,
        /// In pixels.
        height: u64,
    },
}

/// What a picture is: its format by its content, its size as browsers show it, and the name that its copy has.
///
/// # Errors
/// When the bytes are no picture that browsers show, are cut off before its size, or are too many; so are its pixels.
pub fn probe(bytes: &[u8]) -> Result<Kept, Unfit> {
    let length = bytes.len() as u64;
    if length == 0 {
        return Err(Unfit::Empty);
    }
    let whole = i32::try_from(length).ok().filter(|_| length <= MAX_BYTES).ok_or(Unfit::TooLong(length))?;
    let (format, size) = measure(bytes)?;
    let (width, height) = size.unzip();
    Ok(Kept { name: name(bytes, format), mime_type: format.mime_type(), bytes: whole, width, height })
}

/// The format, and the size where there is one.
fn measure(bytes: &[u8]) -> Result<(Format, Option<(i32, i32)>), Unfit> {
    let Some(format) = format(bytes) else {
        let size = svg::size(bytes).ok_or(Unfit::NoPicture)?;
        return Ok((Format::Svg, size));
    };
    let broken = || Unfit::Broken(format.mime_type());
    let told = imagesize::blob_size(bytes).map_err(|_| broken())?;
    let (width, height) = corrected(format, bytes, told);
    if width == 0 || height == 0 {
        return Err(broken());
    }
    let is_fit = width <= MAX_SIDE && height <= MAX_SIDE && width * height <= MAX_PIXELS;
    let side = |side: u64| i32::try_from(side).ok().filter(|_| is_fit);
    let (across, down) = side(width).zip(side(height)).ok_or(Unfit::TooLarge { width, height })?;
    let is_turned = orientation::is_turned(format, bytes);
    Ok((format, Some(if is_turned { (down, across) } else { (across, down) })))
}

fn format(bytes: &[u8]) -> Option<Format> {
    match imagesize::image_type(bytes).ok()? {
        ImageType::Heif(Compression::Av1) => Some(Format::Avif),
        ImageType::Bmp => Some(Format::Bmp),
        ImageType::Gif => Some(Format::Gif),
        ImageType::Ico => Some(Format::Ico),
        ImageType::Jpeg => Some(Format::Jpeg),
        ImageType::Png => Some(Format::Png),
        ImageType::Webp => Some(Format::Webp),
        _ => None,
    }
}

/// What the library reads as it stands, but the format means otherwise.
fn corrected(format: Format, bytes: &[u8], told: ImageSize) -> (u64, u64) {
    let ImageSize { width, height } = told;
    let (width, height) = (width as u64, height as u64);
    match format {
        // A bitmap that is written from its top has a negative height.
        Format::Bmp => (width, u32::try_from(height).map_or(height, |bits| bits.cast_signed().unsigned_abs().into())),
        // The two upper bits of either number tell how to scale.
        Format::Webp if bytes.get(12..16) == Some(b"VP8 ") => (width & 0x3FFF, height & 0x3FFF),
        Format::Png if bytes.get(12..16) != Some(b"IHDR") => (0, 0),
        _ => (width, height),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let sizes = [width.to_be_bytes(), height.to_be_bytes()].concat();
        [b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".as_slice(), &sizes, &[8, 6, 0, 0, 0]].concat()
    }

    fn jpeg(width: u16, height: u16) -> Vec<u8> {
        let sizes = [height.to_be_bytes(), width.to_be_bytes()].concat();
        [b"\xff\xd8\xff\xc0\0\x11\x08".as_slice(), &sizes, &[3; 10]].concat()
    }

    fn bmp(width: i32, height: i32) -> Vec<u8> {
        [b"BM".as_slice(), &[0; 16], &width.to_le_bytes(), &height.to_le_bytes()].concat()
    }

    fn webp(kind: &[u8], rest: &[u8]) -> Vec<u8> {
        [b"RIFF\0\0\0\0WEBP".as_slice(), kind, &[0; 4], rest].concat()
    }

    fn avif(width: u32, height: u32) -> Vec<u8> {
        let nested = |name: &[u8], inside: &[u8]| {
            let length = u32::try_from(inside.len() + 8).unwrap();
            [length.to_be_bytes().as_slice(), name, inside].concat()
        };
        let sizes = [[0; 4], width.to_be_bytes(), height.to_be_bytes()].concat();
        let properties = nested(b"iprp", &nested(b"ipco", &nested(b"ispe", &sizes)));
        let meta = nested(b"meta", &[[0; 4].as_slice(), &properties].concat());
        [nested(b"ftyp", b"avif\0\0\0\0mif1avif"), meta, nested(b"mdat", &[0; 16])].concat()
    }

    fn told(bytes: &[u8]) -> Result<(&'static str, i32, i32), Unfit> {
        probe(bytes).map(|kept| (kept.mime_type, kept.width.unwrap(), kept.height.unwrap()))
    }

    #[test]
    fn formats_and_sizes_are_told_by_content() {
        assert_eq!(told(&png(640, 480)), Ok(("image/png", 640, 480)));
        assert_eq!(told(&jpeg(1200, 800)), Ok(("image/jpeg", 1200, 800)));
        assert_eq!(told(b"GIF89a\x10\0\x20\0\0\0\0;"), Ok(("image/gif", 16, 32)));
        assert_eq!(told(&bmp(7, 9)), Ok(("image/bmp", 7, 9)));
        assert_eq!(told(&bmp(7, -9)), Ok(("image/bmp", 7, 9)));
        assert_eq!(told(&webp(b"VP8X", &[0, 0, 0, 0, 9, 0, 0, 4, 0, 0])), Ok(("image/webp", 10, 5)));
        assert_eq!(told(&webp(b"VP8 ", &[0, 0, 0, 0x9d, 1, 0x2a, 10, 0x40, 5, 0x80])), Ok(("image/webp", 10, 5)));
        assert_eq!(told(&avif(320, 200)), Ok(("image/avif", 320, 200)));
        let icon = b"\0\0\x01\0\x02\0\x10\x10\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x20\x20\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
        assert_eq!(told(icon), Ok(("image/x-icon", 32, 32)));
        assert_eq!(
            told(b"<svg xmlns='http://www.w3.org/2000/svg' width='3' height='4'/>"),
            Ok(("image/svg+xml", 3, 4))
        );
    }

    #[test]
    fn a_name_is_of_the_content() {
        let (one, two) = (probe(&png(1, 2)).unwrap(), probe(&png(1, 3)).unwrap());
        assert_ne!(one.name, two.name);
        assert!(super::super::parts(&one.name).is_some(), "{}", one.name);
        assert_eq!(one, probe(&png(1, 2)).unwrap());
    }

    #[test]
    fn bombs_are_refused_at_their_edge() {
        assert!(probe(&png(10_000, 10_000)).is_ok());
        assert_eq!(probe(&png(10_001, 10_000)), Err(Unfit::TooLarge { width: 10_001, height: 10_000 }));
        assert!(probe(&png(32_767, 3_000)).is_ok());
        assert_eq!(probe(&png(32_768, 1)), Err(Unfit::TooLarge { width: 32_768, height: 1 }));
        let most = u32::MAX.into();
        assert_eq!(probe(&png(u32::MAX, u32::MAX)), Err(Unfit::TooLarge { width: most, height: most }));
        let too_long = vec![0; usize::try_from(MAX_BYTES).unwrap() + 1];
        assert_eq!(probe(&too_long), Err(Unfit::TooLong(MAX_BYTES + 1)));
    }

    #[test]
    fn what_is_no_picture_is_refused_with_a_reason() {
        assert_eq!(probe(b""), Err(Unfit::Empty));
        for none in [b"hello".as_slice(), b"<html><svg></svg></html>", b"%PDF-1.7 and so on", &[0; 40]] {
            assert_eq!(probe(none), Err(Unfit::NoPicture), "{none:?}");
        }
        for (broken, what) in [(png(0, 5), "image/png"), (jpeg(5, 0), "image/jpeg"), (avif(0, 0), "image/avif")] {
            assert_eq!(probe(&broken), Err(Unfit::Broken(what)));
        }
        let endless = [b"\xff\xd8\xff\xe0\xff\xff".as_slice(), &[0; 20]].concat();
        for cut in [&png(5, 5)[..20], &endless, &bmp(5, 5)[..20], &avif(5, 5)[..40]] {
            assert!(matches!(probe(cut), Err(Unfit::Broken(_))), "{cut:?}");
        }
        let renamed = b"\x89PNG\r\n\x1a\n\0\0\0\x0dJUNK\0\0\0\x05\0\0\0\x05";
        assert_eq!(probe(renamed), Err(Unfit::Broken("image/png")));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(start in 0..7_usize, bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let starts = [png(1, 1), jpeg(1, 1), avif(1, 1), bmp(1, 1), webp(b"VP8X", &[]), b"<svg ".to_vec(), vec![]];
            let _ = probe(&[&starts[start], bytes.as_slice()].concat());
            let _ = probe(&[&starts[start][..starts[start].len() / 2], bytes.as_slice()].concat());
        }
    }
}

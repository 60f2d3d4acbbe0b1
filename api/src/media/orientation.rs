//! Whether a camera says that its picture is shown lying on its side. Pure; of all that Exif has, one number is read, since
//! everything else in it can only cost time and memory.

use super::Format;

/// The tag of the orientation (Exif 3.0, 4.6.5.1.6); 5 to 8 swap width and height.
const ORIENTATION: u16 = 0x0112;

/// Metadata beyond this many segments or chunks is not looked for.
const MAX_SEGMENTS: usize = 1_000;

/// Whether browsers show it turned by a quarter, so that width and height change places.
pub(super) fn is_turned(format: Format, bytes: &[u8]) -> bool {
    let exif = match format {
        Format::Jpeg => in_jpeg(bytes),
        Format::Png => in_png(bytes),
        Format::Webp => in_webp(bytes),
        Format::Avif | Format::Bmp | Format::Gif | Format::Ico | Format::Svg => None,
    };
    exif.and_then(orientation).is_some_and(|orientation| (5..=8).contains(&orientation))
}

/// Segments stand before the scan: `FF`, a marker, a length that counts itself.
fn in_jpeg(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes.get(2..)?;
    for _ in 0..MAX_SEGMENTS {
        let [0xFF, marker, high, low, ..] = *rest else { return None };
        if marker == 0xDA {
            return None;
        }
        let end = usize::from(u16::from_be_bytes([high, low])).checked_add(2)?;
        if let (0xE1, Some(exif)) = (marker, rest.get(4..end)?.strip_prefix(b"Exif\0\0")) {
            return Some(exif);
        }
        rest = rest.get(end.max(4)..)?;
    }
    None
}

/// Chunks: a length, a name, what it holds, a checksum.
fn in_png(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes.get(8..)?;
    for _ in 0..MAX_SEGMENTS {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let (name, after) = after.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        if name == b"eXIf" {
            return after.get(..length);
        }
        rest = after.get(length.checked_add(4)?..)?;
    }
    None
}

/// Chunks: a name, a length, what it holds, a byte more where the length is odd.
fn in_webp(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes.get(12..)?;
    for _ in 0..MAX_SEGMENTS {
        let (name, after) = rest.split_first_chunk::<4>()?;
        let (length, after) = after.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        if name == b"EXIF" {
            let exif = after.get(..length)?;
            return Some(exif.strip_prefix(b"Exif\0\0").unwrap_or(exif));
        }
        rest = after.get(length.checked_add(length % 2)?..)?;
    }
    None
}

/// The orientation that the first directory of a TIFF structure tells.
fn orientation(tiff: &[u8]) -> Option<u16> {
    let is_big = match tiff.get(..4)? {
        b"MM\0*" => true,
        b"II*\0" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes = *tiff.get(at..)?.first_chunk::<2>()?;
        Some(if is_big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    };
    let offset = *tiff.get(4..)?.first_chunk::<4>()?;
    let offset = if is_big { u32::from_be_bytes(offset) } else { u32::from_le_bytes(offset) };
    let first = usize::try_from(offset).ok()?;
    let entries = usize::from(short(first)?);
    let place = |entry: usize| first.checked_add(2)?.checked_add(entry * 12);
    let at = (0..entries).map_while(place).find(|at| short(*at) == Some(ORIENTATION))?;
    // A SHORT stands in the first half of the field for values.
    short(at.checked_add(8)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exif(is_big: bool, orientation: u16) -> Vec<u8> {
        let short = |number: u16| if is_big { number.to_be_bytes() } else { number.to_le_bytes() };
        let long = |number: u32| if is_big { number.to_be_bytes() } else { number.to_le_bytes() };
        let mut bytes = if is_big { b"MM\0*".to_vec() } else { b"II*\0".to_vec() };
        bytes.extend(long(8));
        bytes.extend(short(2));
        for (tag, value) in [(0x010F, 1), (ORIENTATION, orientation)] {
            bytes.extend(short(tag));
            bytes.extend(short(3));
            bytes.extend(long(1));
            bytes.extend(short(value));
            bytes.extend([0, 0]);
        }
        bytes
    }

    fn jpeg(exif: &[u8]) -> Vec<u8> {
        let length = u16::try_from(exif.len() + 8).unwrap().to_be_bytes();
        [b"\xff\xd8\xff\xe0\0\x04ab\xff\xe1".as_slice(), &length, b"Exif\0\0", exif, b"\xff\xda\0\x02"].concat()
    }

    fn png(exif: &[u8]) -> Vec<u8> {
        let length = u32::try_from(exif.len()).unwrap().to_be_bytes();
        [b"\x89PNG\r\n\x1a\n\0\0\0\x02tEXtab\0\0\0\0".as_slice(), &length, b"eXIf", exif, &[0; 4]].concat()
    }

    fn webp(exif: &[u8]) -> Vec<u8> {
        let length = u32::try_from(exif.len()).unwrap().to_le_bytes();
        [b"RIFF\0\0\0\0WEBPVP8X\x03\0\0\0abc\0EXIF".as_slice(), &length, exif].concat()
    }

    #[test]
    fn a_quarter_turn_is_found_in_every_format_and_byte_order() {
        for is_big in [true, false] {
            for orientation in 0..10 {
                let exif = exif(is_big, orientation);
                let expected = (5..=8).contains(&orientation);
                assert_eq!(is_turned(Format::Jpeg, &jpeg(&exif)), expected, "{orientation}");
                assert_eq!(is_turned(Format::Png, &png(&exif)), expected, "{orientation}");
                assert_eq!(is_turned(Format::Webp, &webp(&exif)), expected, "{orientation}");
            }
        }
    }

    #[test]
    fn broken_metadata_turns_nothing() {
        let whole = exif(true, 6);
        for end in 0..whole.len() - 2 {
            let cut = &whole[..end];
            assert!(!is_turned(Format::Jpeg, &jpeg(cut)) || end >= whole.len() - 2, "{end}");
        }
        let far = [b"II*\0".as_slice(), &u32::MAX.to_le_bytes()].concat();
        assert!(!is_turned(Format::Jpeg, &jpeg(&far)));
        assert!(!is_turned(Format::Png, b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffabcd"));
    }
}

//! A member's photo, which families see beside her name. Whatever she sends is drawn anew, small and
//! square, so that nothing is kept but what can be seen: not where and when it was taken, nor by what.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder as _, ImageError, ImageReader, Limits,
    codecs::jpeg::JpegEncoder,
    error::{LimitError, LimitErrorKind},
    imageops::FilterType,
};
use model::{MemberId, MemberStatus};
use serde_json::json;
use storage::Store;

use crate::{
    Act, Error, Person, Refusal, Result,
    evidence::{LARGEST, media_type, member},
};

/// Its sides, in pixels: three for each that a page gives it on most phones.
const SIDE: u32 = 288;
/// How well it is kept, of 100.
const QUALITY: u8 = 80;
/// What a photo may be at most, that a file of a few bytes fills no memory: what phones take, with room.
const WIDEST: u32 = 12_000;
const MEMORY: u64 = 160 * 1024 * 1024;
const MOST_PIXELS: u64 = 50_000_000;

/// A photo as it is kept and shown: a JPEG.
#[derive(Clone, PartialEq, Eq)]
pub struct Portrait(Vec<u8>);

impl std::fmt::Debug for Portrait {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Portrait({} bytes)", self.0.len())
    }
}

impl Portrait {
    /// Draws what she sent anew: its middle, as she held the phone. It takes its time: nobody
    /// else may wait on the same thread.
    ///
    /// # Errors
    /// A [`Refusal`] where it is no JPEG and no PNG, or is too large.
    pub fn drawn_from(file: &[u8]) -> Result<Self> {
        if file.len() > LARGEST {
            return Err(Error::invalid("photo", "must be at most 8 MB"));
        }
        if !matches!(media_type(file), Some("image/jpeg" | "image/png")) {
            return Err(not_a_photo());
        }
        let drawn = draw(file).map_err(|_| not_a_photo())?;
        Ok(Self(drawn))
    }

    /// The file.
    #[must_use]
    pub fn jpeg(&self) -> &[u8] {
        &self.0
    }

    /// The file.
    #[must_use]
    pub fn into_jpeg(self) -> Vec<u8> {
        self.0
    }
}

fn not_a_photo() -> Error {
    Error::invalid("photo", "must be a JPEG or a PNG that can be opened")
}

fn draw(file: &[u8]) -> image::ImageResult<Vec<u8>> {
    let mut reader = ImageReader::new(Cursor::new(file)).with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(WIDEST);
    limits.max_image_height = Some(WIDEST);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder()?;
    // The reader itself looks at the sides alone.
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(ImageError::Limits(LimitError::from_kind(LimitErrorKind::DimensionError)));
    }
    limits.reserve(decoder.total_bytes())?;
    let orientation = decoder.orientation()?;
    let whole = DynamicImage::from_decoder(decoder)?;
    let mut small = whole.resize_to_fill(SIDE, SIDE, FilterType::Triangle);
    small.apply_orientation(orientation);
    let mut drawn = Vec::new();
    JpegEncoder::new_with_quality(&mut drawn, QUALITY).encode_image(&small.to_rgb8())?;
    Ok(drawn)
}

/// Keeps a member's photo in place of the one there was. She alone gives one.
///
/// # Errors
/// A [`Refusal`], or what the database says.
pub async fn put_portrait(
    store: &Store,
    act: &Act,
    id: MemberId,
    portrait: Portrait,
) -> Result<()> {
    if act.by != Person::Member(id) {
        return Err(Refusal::NotFound.into());
    }
    let act = act.clone();
    store
        .write(move |tx| {
            Box::pin(async move {
                // She may have left while it was drawn: nothing would take it away again.
                if member(tx, &act, id).await?.status == MemberStatus::Removed {
                    return Err(Refusal::NotFound.into());
                }
                tx.put_portrait(act.chapter, id, portrait.jpeg(), act.now).await?;
                Ok(act.record(tx, "portrait_kept", json!({"member": id})).await?)
            })
        })
        .await
}

/// Takes a member's photo away, where there is one.
///
/// # Errors
/// A [`Refusal`], or what the database says.
pub async fn drop_portrait(store: &Store, act: &Act, id: MemberId) -> Result<()> {
    let act = act.clone();
    store
        .write(move |tx| {
            Box::pin(async move {
                member(tx, &act, id).await?;
                if tx.drop_portrait(id).await? {
                    act.record(tx, "portrait_dropped", json!({"member": id})).await?;
                }
                Ok(())
            })
        })
        .await
}

/// A member's photo, to be shown; `None` where she has given none.
///
/// # Errors
/// What the database says.
pub async fn portrait(store: &Store, id: MemberId) -> Result<Option<Portrait>> {
    let read =
        store.read(move |tx| Box::pin(async move { Ok::<_, Error>(tx.portrait(id).await?) }));
    Ok(read.await?.map(Portrait))
}

/// The photo of one of the chapter's members, for its people; `None` where she has given none.
///
/// # Errors
/// A [`Refusal`], or what the database says.
pub async fn portrait_of(store: &Store, act: &Act, id: MemberId) -> Result<Option<Portrait>> {
    let act = act.clone();
    let read = store.read(move |tx| {
        Box::pin(async move {
            member(tx, &act, id).await?;
            Ok::<_, Error>(tx.portrait(id).await?)
        })
    });
    Ok(read.await?.map(Portrait))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{DynamicImage, ExtendedColorType, ImageEncoder as _, ImageFormat, Rgb, RgbImage};

    use super::{Portrait, SIDE};

    /// Twice as wide as high: left red, right blue.
    fn two_colours() -> DynamicImage {
        let paint = |x: u32, _| if x < 300 { Rgb([200, 0, 0]) } else { Rgb([0, 0, 200]) };
        RgbImage::from_fn(600, 300, paint).into()
    }

    fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut file = Cursor::new(Vec::new());
        image.write_to(&mut file, format).expect("it can be written");
        file.into_inner()
    }

    /// The same JPEG with what a phone writes beside it: where it was taken, and that it lies on its side.
    fn as_a_phone_writes_it(jpeg: &[u8]) -> Vec<u8> {
        let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01".to_vec();
        // The one entry: orientation, a short, turned right by a quarter.
        exif.extend(*b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0");
        exif.extend(*b"40.6712N 73.9777W");
        let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
        let mut file = jpeg[..2].to_vec();
        file.extend([0xff, 0xe1, length[0], length[1]]);
        file.extend(exif);
        file.extend(&jpeg[2..]);
        file
    }

    #[test]
    fn it_is_small_square_upright_and_says_nothing_else() {
        let file = as_a_phone_writes_it(&encoded(&two_colours(), ImageFormat::Jpeg));
        assert!(file.windows(8).any(|part| part == b"40.6712N"));
        let portrait = Portrait::drawn_from(&file).expect("a photo");
        let told = |part: &[u8]| portrait.jpeg().windows(part.len()).any(|at| at == part);
        assert!(!told(b"Exif") && !told(b"40.6712N"));
        assert!(portrait.jpeg().len() < 20_000, "{portrait:?}");
        let drawn = image::load_from_memory(portrait.jpeg()).expect("a JPEG").to_rgb8();
        assert_eq!(drawn.dimensions(), (SIDE, SIDE));
        // What was left is at the top now.
        let (top, foot) = (drawn.get_pixel(144, 20), drawn.get_pixel(144, 268));
        assert!(top[0] > 150 && top[2] < 80 && foot[2] > 150 && foot[0] < 80, "{top:?} {foot:?}");
    }

    #[test]
    fn what_is_no_photo_is_refused() {
        assert!(Portrait::drawn_from(&encoded(&two_colours(), ImageFormat::Png)).is_ok());
        let jpeg = encoded(&two_colours(), ImageFormat::Jpeg);
        let cut = &jpeg[..60];
        for file in [&b""[..], b"%PDF-1.7", b"GIF89a", b"<svg onload=alert(1)>", cut] {
            assert!(Portrait::drawn_from(file).is_err());
        }
        // It says of itself that it is 60,000 pixels wide and high.
        let mut vast = encoded(&two_colours(), ImageFormat::Png);
        vast[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        assert!(Portrait::drawn_from(&vast).is_err());
        assert!(Portrait::drawn_from(&vec![0xff; 9 * 1024 * 1024]).is_err());
        // A black PNG of a few hundred kilobytes that would fill half a gigabyte.
        let mut black = Cursor::new(Vec::new());
        let encoder = image::codecs::png::PngEncoder::new(&mut black);
        let side = 9_000;
        let row = vec![0; side as usize * side as usize];
        encoder.write_image(&row, side, side, ExtendedColorType::L8).expect("a PNG");
        assert!(Portrait::drawn_from(black.get_ref()).is_err());
    }
}

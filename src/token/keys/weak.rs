//! RSA keys that are readable and yet no protection.

use super::error::KeyError;

/// The fewest bits of a modulus (RFC 7518 §3.3).
const LEAST_BITS: usize = 2048;

/// The most bits: verifying grows with their square, and what signs tokens has 2048 to 4096.
const MOST_BITS: usize = 8192;

/// Judges a modulus and exponent, both big-endian.
///
/// # Errors
/// [`KeyError`] for sizes, exponents and moduli that do not protect.
pub fn judge(modulus: &[u8], exponent: &[u8]) -> Result<(), KeyError> {
    let modulus = significant(modulus);
    match bits(modulus) {
        few if few < LEAST_BITS => return Err(KeyError::WeakRsa(few)),
        many if many > MOST_BITS => return Err(KeyError::LargeRsa(many)),
        _ => {}
    }
    let exponent = significant(exponent);
    let odd = |number: &[u8]| number.last().is_some_and(|last| last & 1 == 1);
    // The library takes exponents of up to 33 bits.
    if !odd(exponent) || exponent == [1] || bits(exponent) > 33 {
        return Err(KeyError::Exponent);
    }
    if !odd(modulus) {
        return Err(KeyError::Damaged {
            what: "the RSA key's modulus",
        });
    }
    if has_roca_fingerprint(modulus) {
        return Err(KeyError::Roca);
    }
    Ok(())
}

/// The number without leading zero bytes.
pub fn significant(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    &number[zeros..]
}

fn bits(significant: &[u8]) -> usize {
    significant.first().map_or(0, |first| {
        significant.len() * 8 - first.leading_zeros() as usize
    })
}

/// The primes whose product the flawed generator builds its numbers from, for moduli of up to
/// 2047 bits and above alike (Nemec et al., "The Return of Coppersmith's Attack", 2017, §2).
const PRIMES: [u32; 38] = [
    3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
    101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
];

/// Whether the modulus is a power of 65537 modulo every one of the primes, as all moduli of the
/// flawed generator are. Of others, one in 2^27 is too.
fn has_roca_fingerprint(modulus: &[u8]) -> bool {
    PRIMES.iter().all(|&prime| {
        let remainder = modulus
            .iter()
            .fold(0, |sum, &byte| (sum * 256 + u32::from(byte)) % prime);
        let generator = 65_537 % prime;
        let mut power = 1;
        for _ in 1..prime {
            if power == remainder {
                return true;
            }
            power = power * generator % prime;
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn modulus(bytes: usize) -> Vec<u8> {
        let mut number = vec![0x9b; bytes];
        number[bytes - 1] = 0x9d;
        number
    }

    #[test]
    fn sizes_outside_2048_to_8192_bits_are_refused() {
        let verdict = |bytes| judge(&modulus(bytes), &[1, 0, 1]);
        assert_eq!(verdict(128), Err(KeyError::WeakRsa(1024)));
        assert_eq!(verdict(256), Ok(()));
        assert_eq!(verdict(1024), Ok(()));
        assert_eq!(verdict(1025), Err(KeyError::LargeRsa(8200)));
        let mut padded = vec![0; 200];
        padded.extend(modulus(128));
        assert_eq!(judge(&padded, &[3]), Err(KeyError::WeakRsa(1024)));
    }

    #[test]
    fn exponents_that_do_not_protect_are_refused() {
        let verdict = |exponent: &[u8]| judge(&modulus(256), exponent);
        for bad in [&[][..], &[0], &[1], &[0, 1], &[4], &[1, 0, 0], &[255; 5]] {
            assert_eq!(verdict(bad), Err(KeyError::Exponent), "{bad:?}");
        }
        for good in [&[3][..], &[0, 3], &[1, 0, 1], &[1, 0, 0, 0, 1]] {
            assert_eq!(verdict(good), Ok(()), "{good:?}");
        }
    }

    /// Powers of 65537 modulo the primes' product are what the flawed generator makes.
    #[test]
    fn a_power_of_65537_modulo_the_primes_has_the_fingerprint() {
        // 65537^128 as a number: its remainders are powers by construction.
        let mut number = vec![1_u8];
        for _ in 0..128 {
            let mut carry = 0_u32;
            for digit in number.iter_mut() {
                let product = u32::from(*digit) * 65_537 + carry;
                *digit = (product & 255) as u8;
                carry = product >> 8;
            }
            while carry > 0 {
                number.push((carry & 255) as u8);
                carry >>= 8;
            }
        }
        number.reverse();
        assert!(number.len() >= 256);
        assert_eq!(judge(&number, &[1, 0, 1]), Err(KeyError::Roca));
        assert_eq!(judge(&modulus(256), &[1, 0, 1]), Ok(()));
    }
}

//! Country codes (ISO 3166, two letters). The service model checks only the length. A table, not a crate: only the
//! codes are needed.

/// ISO 3166-1 alpha-2, in order.
const CODES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY \
    BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK \
    FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR \
    IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK \
    ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM \
    PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF \
    TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// Whether `code` is a country code in capital letters, as AWS requires.
#[must_use]
pub fn is_country(code: &str) -> bool {
    code.len() == 2 && CODES.split_whitespace().any(|known| known == code)
}

/// Whether AWS requires a state or region in addresses of this country. Source: Account Management API,
/// `ContactInformation`, `StateOrRegion`.
#[must_use]
pub fn needs_state(code: &str) -> bool {
    matches!(code, "US" | "CA" | "GB" | "DE" | "JP" | "IN" | "BR")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_countries_are_those_of_iso_3166() {
        let codes: Vec<&str> = CODES.split_whitespace().collect();
        assert_eq!(codes.len(), 249);
        assert!(codes.is_sorted_by(|a, b| a < b), "each once");
        assert!(codes.iter().all(|code| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())));
        assert!(is_country("DE") && is_country("ZW") && is_country("AD"));
        for bad in ["UK", "EU", "de", "", "D", "DEU", "A B"] {
            assert!(!is_country(bad), "{bad}");
        }
    }
}

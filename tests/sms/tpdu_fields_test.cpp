#include "protocols/sms/tpdu/septets.hpp"
#include "protocols/sms/tpdu/status.hpp"
#include "tests/sms/tpdu_bytes.hpp"

namespace siaga::sms::tpdu {
using namespace std::chrono_literals;
namespace {

std::string bytes_of(Address const& address) {
  std::string out;
  append(out, address);
  return out;
}

Result<Address> read(std::string const& bytes) {
  OctetReader reader(octets_in(bytes));
  return read_address(reader);
}

std::optional<Timestamp> time_of(std::string_view hex) {
  auto const bytes = from_hex(hex);
  OctetReader reader(octets_in(bytes));
  return read_timestamp(reader);
}

std::string validity_hex(Validity const& validity) {
  std::string out;
  append(out, validity);
  return hex_of(out);
}

Validity validity_of(std::string_view hex, ValidityFormat format) {
  auto const bytes = from_hex(hex);
  OctetReader reader(octets_in(bytes));
  return read_validity(reader, format);
}

EnhancedValidity enhanced(std::string_view hex) {
  return std::get<EnhancedValidity>(validity_of(hex, ValidityFormat::enhanced));
}

}  // namespace

TEST_CASE("numbers count digits, an odd one is filled up", "[sms]") {
  CHECK(bytes_of(address_of("+6281200000001").value()) == from_hex("0D 91 261802000000F1"));
  CHECK(bytes_of(address_of("1122").value()) == from_hex("04 81 1122"));
  CHECK(bytes_of(address_of("*121#").value()) == from_hex("05 81 1A12FB"));
  CHECK(read(from_hex("05 81 1A12FB"))->text == "*121#");
  CHECK(to_text(read(from_hex("0D 91 261802000000F1")).value()) == "+6281200000001");
  CHECK(read(from_hex("00 80"))->text.empty());
}

TEST_CASE("a name's length is its septets in semi-octets, of every length to 11", "[sms]") {
  CHECK(bytes_of(address_of("SIAGA").value()) == from_hex("09 D0 D364F01804"));
  CHECK(bytes_of(address_of("Kelurahan 1").value()).substr(0, 2) == from_hex("14 D0"));
  for (std::size_t size = 1; size <= 11; ++size) {
    auto const name = std::string("Siaga Bntng").substr(0, size);
    auto const address = address_of(name).value();
    CHECK(read(bytes_of(address)).value() == address);
  }
  CHECK(read(bytes_of(address_of("[BPBD] €").value()))->text == "[BPBD] €");
}

TEST_CASE("what can be no address is refused before it is sent", "[sms]") {
  CHECK(address_of("").error().is(Errc::invalid_argument));
  CHECK(address_of("+").has_value());  // the character, as a name
  CHECK_FALSE(address_of("+123456789012345678901"));
  CHECK_FALSE(address_of("Twelve chars"));
  CHECK_FALSE(address_of("[[[[[["));  // twelve septets
  CHECK_FALSE(address_of("警報"));
}

TEST_CASE("an address too long, cut short or with a filler inside is refused", "[sms]") {
  CHECK(read(from_hex("15 91 0000000000000000000000")).error().is(Errc::invalid_message));
  CHECK_FALSE(read(from_hex("FF 91")).has_value());
  CHECK_FALSE(read(from_hex("04 91 21")).has_value());
  CHECK_FALSE(read(from_hex("04 91 F121")).has_value());
  CHECK(read(from_hex("04 91 21F3"))->text == "123");  // a filler that was counted
}

TEST_CASE("a service centre's address counts octets and may be left to the SIM", "[sms]") {
  std::string out;
  append_service_centre(out, std::nullopt);
  append_service_centre(out, address_of("+6281100000").value());
  CHECK(hex_of(out) == "0006912618010000");
  OctetReader reader(octets_in(out));
  CHECK_FALSE(read_service_centre(reader).value());
  CHECK(to_text(read_service_centre(reader)->value()) == "+6281100000");
  CHECK(reader.empty());
  auto const cut = from_hex("07 91 26");
  OctetReader cut_reader(octets_in(cut));
  CHECK_FALSE(read_service_centre(cut_reader).has_value());
}

TEST_CASE("a time stamp's sign and quarter hours give its UTC", "[sms]") {
  CHECK(time_of("62 11 62 41 03 00 23") == Timestamp{utc("2026-11-26T14:30:00+08:00"), 8h});
  CHECK(time_of("62 11 62 41 03 00 2B") == Timestamp{utc("2026-11-26T14:30:00-08:00"), -8h});
  CHECK(time_of("62 11 62 41 03 00 12") == Timestamp{utc("2026-11-26T14:30:00+05:15"), 315min});
  CHECK(time_of("71 80 13 11 12 45 23") == Timestamp{utc("2017-08-31T11:21:54+08:00"), 8h});
  std::string out;
  append(out, Timestamp{utc("2026-11-26T14:30:00-08:00"), -8h});
  CHECK(out == from_hex("62 11 62 41 03 00 2B"));
}

TEST_CASE("a time that is none is absent", "[sms]") {
  CHECK_FALSE(time_of("00 00 00 00 00 00 00"));
  CHECK_FALSE(time_of("62 31 62 41 03 00 23"));
  CHECK_FALSE(time_of("62 20 03 41 03 00 23"));  // 30 February
  CHECK_FALSE(time_of("62 11 62 42 03 00 23"));
  CHECK_FALSE(time_of("6A 11 62 41 03 00 23"));
  CHECK_FALSE(time_of("62 11 62 41 03 00 F3"));
}

TEST_CASE("a relative validity is the longest the octet can say within the time left", "[sms]") {
  auto const octet = [](std::chrono::minutes lasts) {
    return validity_hex(RelativeValidity{lasts});
  };
  CHECK(octet(0min) == "00");
  CHECK(octet(5min) == "00");
  CHECK(octet(9min) == "00");
  CHECK(octet(11h) == "83");
  CHECK(octet(12h) == "8F");
  CHECK(octet(23h) == "A5");
  CHECK(octet(24h) == "A7");
  CHECK(octet(47h) == "A7");
  CHECK(octet(48h) == "A8");
  CHECK(octet(std::chrono::days(29)) == "C3");
  CHECK(octet(std::chrono::days(34)) == "C4");
  CHECK(octet(std::chrono::weeks(62)) == "FE");
  CHECK(octet(std::chrono::weeks(99)) == "FF");
}

TEST_CASE("every relative validity comes back as it went", "[sms]") {
  std::chrono::minutes former{0};
  for (int octet = 0; octet < 256; ++octet) {
    auto const hex = hex_of(std::string(1, static_cast<char>(octet)));
    auto const validity = validity_of(hex, ValidityFormat::relative);
    CHECK(std::get<RelativeValidity>(validity).lasts > former);
    CHECK(validity_hex(validity) == hex);
    former = std::get<RelativeValidity>(validity).lasts;
  }
}

TEST_CASE("an enhanced validity is read in each of its forms", "[sms]") {
  CHECK(enhanced("00 00 00 00 00 00 00") == EnhancedValidity{});
  CHECK(enhanced("40 00 00 00 00 00 00") == EnhancedValidity{std::nullopt, true});
  CHECK(enhanced("01 01 00 00 00 00 00").lasts == 10min);
  CHECK(enhanced("02 17 00 00 00 00 00").lasts == 23s);
  CHECK_FALSE(enhanced("02 00 00 00 00 00 00").lasts);
  CHECK(enhanced("03 21 43 65 00 00 00").lasts == 12h + 34min + 56s);
  CHECK_FALSE(enhanced("03 21 06 00 00 00 00").lasts);  // minute 60
  CHECK_FALSE(enhanced("03 00 00 00 00 00 00").lasts);
  CHECK(enhanced("43 21 43 55 00 00 00") == EnhancedValidity{12h + 34min + 55s, true});
  CHECK(enhanced("82 00 17 00 00 00 00").lasts == 23s);  // behind an extension
  CHECK_FALSE(enhanced("FF FF FF FF FF FF FF").lasts);
  CHECK_FALSE(enhanced("05 01 00 00 00 00 00").lasts);
}

TEST_CASE("every data coding group is read", "[sms]") {
  auto const coding = [](unsigned octet) {
    return data_coding_of(static_cast<std::uint8_t>(octet));
  };
  CHECK(coding(0x00) == DataCoding{});
  CHECK(coding(0x04).alphabet == Alphabet::eight_bit);
  CHECK(coding(0x08).alphabet == Alphabet::ucs2);
  CHECK(coding(0x0C).alphabet == Alphabet::gsm);  // reserved
  CHECK_FALSE(coding(0x03).message_class);
  CHECK(coding(0x18).message_class == MessageClass::flash);
  CHECK(coding(0x12).message_class == MessageClass::sim);
  CHECK(coding(0x20).compressed);
  CHECK(coding(0x48).automatic_deletion);
  CHECK(coding(0x48).alphabet == Alphabet::ucs2);
  CHECK(coding(0x84) == DataCoding{});
  CHECK(coding(0xC8).waiting == Waiting{WaitingKind::voicemail, true, true});
  CHECK(coding(0xD1).waiting == Waiting{WaitingKind::fax, false, false});
  CHECK(coding(0xEA).waiting == Waiting{WaitingKind::email, true, false});
  CHECK(coding(0xEA).alphabet == Alphabet::ucs2);
  CHECK(coding(0xD8).alphabet == Alphabet::gsm);
  CHECK(coding(0xF0).message_class == MessageClass::flash);
  CHECK(coding(0xF5).alphabet == Alphabet::eight_bit);
  CHECK(coding(0xF5).message_class == MessageClass::phone);
}

TEST_CASE("the data coding written is the one read", "[sms]") {
  CHECK(data_coding_octet(Alphabet::gsm) == 0x00);
  CHECK(data_coding_octet(Alphabet::ucs2) == 0x08);
  CHECK(data_coding_octet(Alphabet::gsm, MessageClass::flash) == 0x10);
  CHECK(data_coding_octet(Alphabet::ucs2, MessageClass::flash) == 0x18);
}

TEST_CASE("the group of classes has 7 and 8 bits, and leaves UCS-2 to the general group", "[sms]") {
  CHECK(class_group_octet(Alphabet::gsm, MessageClass::flash) == 0xF0);
  CHECK(class_group_octet(Alphabet::gsm, MessageClass::terminal) == 0xF3);
  CHECK(class_group_octet(Alphabet::eight_bit, MessageClass::phone) == 0xF5);
  CHECK(class_group_octet(Alphabet::ucs2, MessageClass::flash) == 0x18);
  for (auto const alphabet : {Alphabet::gsm, Alphabet::eight_bit, Alphabet::ucs2}) {
    auto const read = data_coding_of(class_group_octet(alphabet, MessageClass::sim));
    CHECK(read.alphabet == alphabet);
    CHECK(read.message_class == MessageClass::sim);
  }
}

TEST_CASE("a status is final, still open, or lost for good", "[sms]") {
  CHECK(class_of(0x00) == StatusClass::completed);
  CHECK(class_of(0x1F) == StatusClass::completed);
  CHECK(class_of(0x20) == StatusClass::trying);
  CHECK(class_of(0x3F) == StatusClass::trying);
  CHECK(class_of(0x40) == StatusClass::failed);
  CHECK(class_of(0x5F) == StatusClass::failed);
  CHECK(class_of(0x60) == StatusClass::stopped_trying);
  CHECK(class_of(0x7F) == StatusClass::stopped_trying);
  CHECK(class_of(0x80) == StatusClass::reserved);
  CHECK(is_final(0x46));
  CHECK(is_final(0x65));
  CHECK_FALSE(is_final(0x30));
  CHECK_FALSE(is_final(0xFF));
}

TEST_CASE("only status 0 says that the phone has the text", "[sms]") {
  int delivered = 0;
  for (int status = 0; status < 256; ++status)
    delivered += is_delivered(static_cast<std::uint8_t>(status)) ? 1 : 0;
  CHECK(delivered == 1);
  CHECK(is_delivered(0x00));
  CHECK(status_text(0x01) == "passed on, delivery cannot be confirmed (0x01)");
  CHECK(status_text(0x46) == "message validity period expired (0x46)");
  CHECK(status_text(0x22) == "no answer from the phone (0x22)");
  CHECK(status_text(0x64) == "quality of service not available (0x64)");
  CHECK(status_text(0x5F) == "failed for good (0x5f)");
}

TEST_CASE("septets of every number and every fill come back as they went", "[sms]") {
  for (unsigned fill = 0; fill < 7; ++fill)
    for (std::size_t count = 0; count <= 160; ++count) {
      std::string septets;
      for (std::size_t i = 0; i < count; ++i)
        septets.push_back(static_cast<char>((i * 37 + count + fill) & 0x7FU));
      auto const packed = pack(septets, fill);
      REQUIRE(packed.size() == packed_octets(count, fill));
      REQUIRE(unpack(octets_in(packed), count, fill) == septets);
      if (!packed.empty())
        REQUIRE((static_cast<unsigned char>(packed[0]) & ((1U << fill) - 1U)) == 0);
    }
}

}  // namespace siaga::sms::tpdu

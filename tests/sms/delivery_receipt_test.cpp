#include "protocols/sms/smpp/delivery_receipt.hpp"

#include "protocols/sms/smpp/phone.hpp"
#include "tests/support/catch.hpp"

namespace siaga::sms {
namespace {

std::optional<DeliveryReceipt> by_text(std::string_view text) {
  ShortMessage message;
  message.esm_class = 0x04;
  return receipt_in(message, text);
}

}  // namespace

TEST_CASE("the specification's receipt text is understood", "[sms]") {
  auto const r = by_text(
      "id:0123456789 sub:001 dlvrd:001 submit date:0910141430 done date:0910141431 stat:DELIVRD "
      "err:000 "
      "text:Test");
  REQUIRE(r);
  CHECK(r->id == "0123456789");
  CHECK(r->stat == "DELIVRD");
  CHECK(r->error == "000");
  CHECK(r->fate == Fate::delivered);
}

TEST_CASE("what a phone confirms by itself is no officer's answer", "[sms]") {
  for (auto const type : {std::uint8_t{0x08}, std::uint8_t{0x10}}) {
    ShortMessage message;
    message.esm_class = type;
    auto const r = receipt_in(message, "SIAP 4821");
    REQUIRE(r);
    CHECK(r->fate == Fate::not_final);
  }
}

TEST_CASE("receipts in the dialects of real networks are understood", "[sms]") {
  struct Dialect {
    char const* text;
    char const* id;
    Fate fate;
  };
  for (auto const& d : {
           Dialect{"stat:UNDELIV err:21b ID:af12 Text:", "af12", Fate::failed},
           Dialect{"id:1 submit date:20261123143000 done date:20261123143010 stat:EXPIRED", "1",
                   Fate::failed},
           Dialect{"id:1 stat:DELIVRD err:045", "1", Fate::delivered},
           Dialect{"id:1 stat:BUFFRED", "1", Fate::not_final},
           Dialect{"id:1 stat:ACKED", "1", Fate::not_final},
           Dialect{"id:1 submit date:1123143000 done date:1123143010 stat:DELIVRD err:0000", "1",
                   Fate::delivered},
           Dialect{"id:1 stat:ENROUTE", "1", Fate::not_final},
           Dialect{"id:1 stat:FAILED", "1", Fate::failed},
           Dialect{"id:1 stat:DND_REJECTED", "1", Fate::failed},
           Dialect{"id:1 stat:delivrd", "1", Fate::delivered},
           Dialect{"id:1 stat:BADSTAT", "1", Fate::not_final},
           Dialect{"id: 1  stat: DELIVRD", "1", Fate::delivered},
           Dialect{"id:1 stat:DELIVRD text:id:9 stat:UNDELIV", "1", Fate::delivered},
           Dialect{"nothing to see", "", Fate::not_final},
           Dialect{"id:", "", Fate::not_final},
       }) {
    auto const r = by_text(d.text);
    REQUIRE(r);
    CHECK(r->id == d.id);
    CHECK(r->fate == d.fate);
  }
  auto const ended = by_text(std::string_view("id:7 stat:DELIVRD\0", 18));
  REQUIRE(ended);
  CHECK(ended->stat == "DELIVRD");
}

TEST_CASE("optional parameters go before the text", "[sms]") {
  ShortMessage message;  // not even marked as a receipt
  message.options = std::string_view(
      "\x00\x1E\x00\x05"
      "abcd\0"
      "\x04\x27\x00\x01\x05",
      14);
  auto const r = receipt_in(message, "id:other stat:DELIVRD err:5");
  REQUIRE(r);
  CHECK(r->id == "abcd");
  CHECK(r->stat == "UNDELIV");
  CHECK(r->fate == Fate::failed);
  CHECK(r->error == "5");
}

TEST_CASE("an id in its option may lack its end, and the text may be missing", "[sms]") {
  ShortMessage message;
  message.options = std::string_view(
      "\x00\x1E\x00\x04"
      "abcd"
      "\x04\x27\x00\x01\x02",
      13);
  auto const r = receipt_in(message, "");
  REQUIRE(r);
  CHECK(r->id == "abcd");
  CHECK(r->fate == Fate::delivered);
}

TEST_CASE("an officer's text that looks like a receipt is none", "[sms]") {
  ShortMessage message;
  CHECK_FALSE(receipt_in(message, "id:123 stat:DELIVRD err:000"));
}

TEST_CASE("all spellings of an id have one canonical form", "[sms]") {
  CHECK(canonical_id("00AB12") == "ab12");
  CHECK(canonical_id(" ab12 ") == "ab12");
  CHECK(canonical_id("0") == "0");
  CHECK(canonical_id("000") == "0");
  CHECK(canonical_id("6F1D-2A") == "6f1d-2a");
  CHECK(canonical_id("").empty());
}

TEST_CASE("ids written in another base in receipts lead to the answer's id", "[sms]") {
  CHECK(answered_id("0000006699", IdReading::same) == "6699");
  CHECK(answered_id("6699", IdReading::answers_hex) == "1a2b");
  CHECK(answered_id("1A2B", IdReading::answers_decimal) == "6699");
  CHECK(answered_id("1A2B", IdReading::answers_hex).empty());
  CHECK(answered_id("99999999999999999999999", IdReading::answers_hex).empty());
  CHECK(answered_id("not-a-number", IdReading::answers_decimal).empty());
}

TEST_CASE("numbers come out as the directory writes them", "[sms]") {
  CHECK(e164({1, 1, "6281200000001"}, "62") == "+6281200000001");
  CHECK(e164({0, 0, "6281200000001"}, "62") == "+6281200000001");
  CHECK(e164({2, 1, "081200000001"}, "62") == "+6281200000001");
  CHECK(e164({2, 1, "81200000001"}, "62") == "+6281200000001");
  CHECK(e164({0, 0, "006281200000001"}, "62") == "+6281200000001");
  CHECK(e164({1, 1, "081200000001"}, "62") == "+6281200000001");
  CHECK(e164({0, 0, "+6281200000001"}, "62") == "+6281200000001");
  CHECK(e164({5, 0, "TELKOMSEL"}, "62") == "TELKOMSEL");
  CHECK(e164({3, 0, "4444"}, "62") == "4444");
  CHECK(e164({0, 0, ""}, "62").empty());
}

TEST_CASE("only phone numbers are dialled", "[sms]") {
  CHECK(dialled("+62 812-0000-0001", "62") == "6281200000001");
  CHECK(dialled("081200000001", "62") == "6281200000001");
  CHECK(dialled("112", "62") == "112");
  CHECK_FALSE(dialled("", "62"));
  CHECK_FALSE(dialled("kabag@polres.example", "62"));
  CHECK_FALSE(dialled("+62812", "62"));
  CHECK_FALSE(dialled("+6281200000001234567", "62"));
}

}  // namespace siaga::sms

#include "protocols/sms/smpp/status.hpp"

#include "tests/support/catch.hpp"

namespace siaga::sms {
namespace {

void check_class(SubmitClass wanted, std::initializer_list<std::uint32_t> codes) {
  for (auto const code : codes) {
    CAPTURE(code);
    CHECK(class_of(static_cast<Status>(code)) == wanted);
  }
}

}  // namespace

TEST_CASE("the whole link waits when the SMSC has too much to do or is in trouble", "[sms]") {
  check_class(SubmitClass::throttled, {0x58, 0x14});
  check_class(SubmitClass::link_fault, {0x08, 0x64, 0x04});
}

TEST_CASE("what may succeed another time is tried again, and so is what nobody knows", "[sms]") {
  check_class(SubmitClass::retry, {0x45, 0xFE, 0xFF, 0x400, 0x4FF, 0x999});
}

TEST_CASE("what the message itself is refused for is final", "[sms]") {
  check_class(SubmitClass::permanent,
              {0x01, 0x02, 0x03, 0x0A, 0x0B, 0x0C, 0x33, 0x34, 0x40, 0x42, 0x43, 0x44, 0x48,
               0x49, 0x50, 0x51, 0x61, 0x62, 0x65, 0x66, 0xC0, 0xC1, 0xC2, 0xC3, 0xC4});
}

TEST_CASE("an account's fault is told from a full house", "[sms]") {
  for (auto const code : {0x0DU, 0x0EU, 0x0FU})
    CHECK(is_configuration_fault(static_cast<Status>(code)));
  for (auto const code : {0x05U, 0x08U, 0x14U, 0x58U})
    CHECK_FALSE(is_configuration_fault(static_cast<Status>(code)));
}

}  // namespace siaga::sms

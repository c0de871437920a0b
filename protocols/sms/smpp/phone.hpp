// phone: numbers as an SMSC writes them, and as the directory does (E.164).
//
// Place:  deliver_sm -> PHONE -> Reply; Message::address -> PHONE -> submit_sm. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "protocols/sms/smpp/pdu.hpp"

namespace siaga::sms {

// "+6281200000001" from "6281200000001" (international), "081200000001" or "81200000001"
// (national). Short codes and names stay as they are.
std::string e164(Address const& address, std::string_view country_code);

// The digits of submit_sm's destination, international without plus; none when it is no phone
// number.
std::optional<std::string> dialled(std::string_view address, std::string_view country_code);

}  // namespace siaga::sms

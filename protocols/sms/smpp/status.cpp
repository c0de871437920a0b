#include "protocols/sms/smpp/status.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace siaga::sms {
namespace {

struct Row {
  std::uint32_t code;
  SubmitClass submit;
  char const* text;
};

using enum SubmitClass;

// Sorted by code. What is not here may be tried again.
constexpr auto rows = std::to_array<Row>({
    {0x00, accepted, "accepted"},
    {0x01, permanent, "invalid message length"},
    {0x02, permanent, "invalid command length"},
    {0x03, permanent, "invalid command"},
    {0x04, link_fault, "wrong bind state"},
    {0x05, link_fault, "already bound"},
    {0x06, permanent, "invalid priority"},
    {0x07, permanent, "invalid registered delivery"},
    {0x08, link_fault, "system error"},
    {0x0A, permanent, "invalid source address"},
    {0x0B, permanent, "invalid destination address"},
    {0x0C, permanent, "invalid message id"},
    {0x0D, retry, "bind failed"},
    {0x0E, retry, "invalid password"},
    {0x0F, retry, "invalid system id"},
    {0x11, retry, "cancel failed"},
    {0x13, retry, "replace failed"},
    {0x14, throttled, "message queue full"},
    {0x15, permanent, "invalid service type"},
    {0x33, permanent, "invalid number of destinations"},
    {0x34, permanent, "invalid distribution list"},
    {0x40, permanent, "invalid destination flag"},
    {0x42, permanent, "invalid replace request"},
    {0x43, permanent, "invalid esm class"},
    {0x44, permanent, "cannot submit to distribution list"},
    {0x45, retry, "submit failed"},
    {0x48, permanent, "invalid source type of number"},
    {0x49, permanent, "invalid source numbering plan"},
    {0x50, permanent, "invalid destination type of number"},
    {0x51, permanent, "invalid destination numbering plan"},
    {0x53, permanent, "invalid system type"},
    {0x54, permanent, "invalid replace flag"},
    {0x55, retry, "invalid number of messages"},
    {0x58, throttled, "throttled"},
    {0x61, permanent, "invalid schedule time"},
    {0x62, permanent, "invalid validity period"},
    {0x63, permanent, "invalid predefined message"},
    {0x64, link_fault, "temporary application error"},
    {0x65, permanent, "permanent application error"},
    {0x66, permanent, "rejected by the application"},
    {0x67, retry, "query failed"},
    {0xC0, permanent, "invalid optional part"},
    {0xC1, permanent, "optional parameter not allowed"},
    {0xC2, permanent, "invalid parameter length"},
    {0xC3, permanent, "missing optional parameter"},
    {0xC4, permanent, "invalid optional parameter value"},
    {0xFE, retry, "delivery failure"},
    {0xFF, retry, "unknown error"},
    {0x100, permanent, "service type not authorised"},
    {0x101, permanent, "operation prohibited"},
    {0x102, link_fault, "service type unavailable"},
    {0x103, permanent, "service type denied"},
    {0x104, permanent, "invalid data coding"},
    {0x105, permanent, "invalid source subunit"},
    {0x106, permanent, "invalid destination subunit"},
});

Row const* row_of(Status status) noexcept {
  auto const code = static_cast<std::uint32_t>(status);
  auto const it = std::lower_bound(rows.begin(), rows.end(), code,
                                   [](Row const& row, std::uint32_t c) { return row.code < c; });
  return it != rows.end() && it->code == code ? &*it : nullptr;
}

}  // namespace

SubmitClass class_of(Status status) noexcept {
  auto const* row = row_of(status);
  return row != nullptr ? row->submit : SubmitClass::retry;
}

bool is_configuration_fault(Status bind_answer) noexcept {
  return bind_answer == Status::bind_failed || bind_answer == Status::invalid_password ||
         bind_answer == Status::invalid_system_id ||
         class_of(bind_answer) == SubmitClass::permanent;
}

std::string text_of(Status status) {
  auto const* row = row_of(status);
  std::array<char, 16> code{};
  std::snprintf(code.data(), code.size(), " (0x%02x)", static_cast<unsigned>(status));
  return std::string(row != nullptr ? row->text : "refused by the network") + code.data();
}

}  // namespace siaga::sms

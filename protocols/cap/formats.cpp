#include "protocols/cap/formats.hpp"

#include "protocols/cap/reading.hpp"
#include "protocols/cap/wrapper.hpp"
#include "protocols/cap/xml_signature.hpp"

namespace siaga::cap {
namespace {

class CapFormat final : public PayloadFormat {
 public:
  CapFormat(std::string_view name, Body body, Settings settings)
      : name_(name), body_(body), settings_(std::move(settings)) {}

  std::string_view name() const override { return name_; }

  bool takes(std::string_view content_type, std::string_view payload) const override {
    // What is too long is refused for that, so no more of it is looked at.
    auto const most = static_cast<std::size_t>(settings_.bytes_max) * 2;
    return body_of(content_type, payload.substr(0, most)) == body_;
  }

  Judged<Command> decode(std::string_view payload) const override {
    auto reading = read(payload, body_, settings_, Rigour::refusals);
    if (reading.alert) return command_of(std::move(*reading.alert));
    Rejection why;
    why.reasons = std::move(reading.refusals);
    why.identifier = std::move(reading.identifier);
    why.sender = std::move(reading.sender);
    return why;
  }

  Result<std::string> signer(std::string_view payload,
                             std::vector<std::string> const& certificates) const override {
    if (body_ == Body::json) return PayloadFormat::signer(payload, certificates);
    if (body_ == Body::xml) return xml_signer(payload, certificates, settings_);
    auto const xml = unwrap(payload, settings_);
    if (!xml) return Error(Errc::bad_signature, "the wrapper holds no document");
    return xml_signer(*xml, certificates, settings_);
  }

 private:
  std::string_view name_;
  Body body_;
  Settings settings_;
};

}  // namespace

std::unique_ptr<PayloadFormat> make_xml_format(Settings settings) {
  return std::make_unique<CapFormat>("cap-xml", Body::xml, std::move(settings));
}

std::unique_ptr<PayloadFormat> make_json_format(Settings settings) {
  return std::make_unique<CapFormat>("cap-json", Body::json, std::move(settings));
}

std::unique_ptr<PayloadFormat> make_wrapper_format(Settings settings) {
  return std::make_unique<CapFormat>("cap-wis2", Body::wrapper, std::move(settings));
}

Formats make_formats(Settings const& settings) {
  Formats formats;
  formats.push_back(make_xml_format(settings));
  formats.push_back(make_json_format(settings));
  formats.push_back(make_wrapper_format(settings));
  return formats;
}

}  // namespace siaga::cap

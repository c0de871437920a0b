#include "gateway/base/error.hpp"

namespace siaga {
namespace {

class Category final : public boost::system::error_category {
 public:
  char const* name() const noexcept override { return "siaga"; }

  std::string message(int value) const override {
    switch (static_cast<Errc>(value)) {
      case Errc::invalid_argument:
        return "an argument is not usable";
      case Errc::invalid_configuration:
        return "the configuration is not usable";
      case Errc::invalid_message:
        return "the message breaks a rule";
      case Errc::not_found:
        return "no such thing is known";
      case Errc::already_exists:
        return "it exists already";
      case Errc::connect_failed:
        return "the peer cannot be reached";
      case Errc::connection_lost:
        return "the connection was lost";
      case Errc::timed_out:
        return "the time allowed has passed";
      case Errc::refused_by_peer:
        return "the peer refused";
      case Errc::protocol_violated:
        return "the peer broke the protocol";
      case Errc::tls_failed:
        return "the secure connection could not be made";
      case Errc::storage_failed:
        return "the store failed";
      case Errc::storage_full:
        return "the store is full";
      case Errc::storage_corrupt:
        return "the store is damaged";
      case Errc::log_tampered:
        return "the log was changed after it was written";
      case Errc::queue_full:
        return "the queue is full";
      case Errc::cancelled:
        return "it was cancelled";
      case Errc::unavailable:
        return "it is not available now";
      case Errc::child_failed:
        return "a helper program failed";
      case Errc::file_unreadable:
        return "the file cannot be read";
      case Errc::bad_signature:
        return "the signature does not hold";
    }
    return "unknown error";
  }
};

}  // namespace

boost::system::error_code make_error_code(Errc code) noexcept {
  static Category const category;
  return {static_cast<int>(code), category};
}

std::string Error::text() const {
  return detail.empty() ? code.message() : code.message() + ": " + detail;
}

}  // namespace siaga

#include "protocols/http/request_reader.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace siaga::http {
namespace beast = boost::beast::http;

struct RequestReader::Parser {
  beast::request_parser<beast::string_body> beast;
};

RequestReader::RequestReader(Settings const& settings) : parser_(std::make_unique<Parser>()) {
  parser_->beast.eager(true);
  parser_->beast.header_limit(static_cast<std::uint32_t>(settings.header_bytes_max));
  parser_->beast.body_limit(static_cast<std::uint64_t>(settings.body_bytes_max));
}
RequestReader::~RequestReader() = default;

RequestReader::Progress RequestReader::take(std::string& bytes) {
  while (!bytes.empty() && !parser_->beast.is_done()) {
    boost::system::error_code ec;
    auto const used = parser_->beast.put(boost::asio::buffer(bytes), ec);
    bytes.erase(0, used);
    if (ec == beast::error::need_more) return Progress::more;
    if (ec) {
      broken_ = true;
      if (ec == beast::error::body_limit) refusal_ = 413;
      if (ec == beast::error::header_limit) refusal_ = 431;
      return Progress::broken;
    }
    if (used == 0) break;
  }
  if (!parser_->beast.is_done()) return Progress::more;
  auto const& message = parser_->beast.get();
  broken_ = message.version() == 11 && message.count(beast::field::host) != 1;  // RFC 9112, 3.2
  return broken_ ? Progress::broken : Progress::whole;
}

Request RequestReader::request() const {
  auto const& message = parser_->beast.get();
  Request request;
  request.method = std::string(message.method_string());
  auto const target = std::string(message.target());
  auto const mark = target.find('?');
  request.path = target.substr(0, mark);
  if (mark != std::string::npos) request.query = target.substr(mark + 1);
  request.body = message.body();
  return request;
}

bool RequestReader::keeps_alive() const {
  return !broken_ && parser_->beast.is_done() && parser_->beast.get().keep_alive();
}

bool RequestReader::head_only() const {
  return parser_->beast.get().method() == beast::verb::head;
}

}  // namespace siaga::http

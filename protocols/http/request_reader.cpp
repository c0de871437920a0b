#include "protocols/http/request_reader.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace siaga::http {
namespace beast = boost::beast::http;

namespace {

constexpr std::ptrdiff_t header_fields_max = 64;

// "0\r\n\r\n", with which every chunked body ends: Beast takes for granted that it has as much.
constexpr std::size_t chunk_bytes_min = 5;

using Header = beast::request_parser<beast::string_body>::value_type;

std::ptrdiff_t fields_in(Header const& header) {
  return std::distance(header.begin(), header.end());
}

bool is_framed_in_one_way(Header const& header) {
  auto const encodings = header.count(beast::field::transfer_encoding);
  auto const lengths = header.count(beast::field::content_length);
  if (encodings == 0)
    return lengths == 0 ||
           (lengths == 1 && header[beast::field::content_length].find(',') == std::string::npos);
  auto const encoding = header[beast::field::transfer_encoding];
  return encodings == 1 && lengths == 0 && header.version() == 11 &&
         boost::beast::iequals(encoding, "chunked");
}

std::string joined(Header const& header, std::string_view name) {
  std::string all;
  for (auto const& field : header) {
    if (!boost::beast::iequals(field.name_string(), {name.data(), name.size()})) continue;
    if (!all.empty()) all += ',';
    all.append(field.value().data(), field.value().size());
  }
  return all;
}

}  // namespace

struct RequestReader::Parser {
  beast::request_parser<beast::string_body> beast;
  bool header_judged = false;
};

RequestReader::RequestReader(Settings const& settings)
    : parser_(std::make_unique<Parser>()),
      beside_body_max_(static_cast<std::size_t>(settings.header_bytes_max)) {
  parser_->beast.header_limit(static_cast<std::uint32_t>(settings.header_bytes_max));
  parser_->beast.body_limit(static_cast<std::uint64_t>(settings.body_bytes_max));
}
RequestReader::~RequestReader() = default;

RequestReader::Progress RequestReader::refuse(int status) {
  broken_ = true;
  refusal_ = status;
  return Progress::broken;
}

bool RequestReader::has_header() const {
  return parser_->beast.is_header_done();
}

bool RequestReader::too_much_beside_body(std::size_t unread) const {
  return taken_ + unread > beside_body_max_ + parser_->beast.get().body().size();
}

RequestReader::Progress RequestReader::refuse_header() {
  auto const& header = parser_->beast.get();
  if (fields_in(header) > header_fields_max) return refuse(431);
  if (header.version() == 11 && header.count(beast::field::host) != 1) return refuse(400);
  if (!is_framed_in_one_way(header)) return refuse(400);
  forwarded_for_ = joined(header, "X-Forwarded-For");
  return Progress::more;
}

RequestReader::Progress RequestReader::take(std::string& bytes) {
  auto& parser = parser_->beast;
  while (!bytes.empty() && !parser.is_done()) {
    bool const in_chunks = parser.is_header_done() && parser.chunked();
    if (in_chunks && bytes.size() < chunk_bytes_min) return Progress::more;
    boost::system::error_code ec;
    auto const used = parser.put(boost::asio::buffer(bytes), ec);
    bytes.erase(0, used);
    taken_ += used;
    if (parser.is_header_done() && !parser_->header_judged) {
      parser_->header_judged = true;
      if (refuse_header() == Progress::broken) return Progress::broken;
    }
    bool const waits = ec == beast::error::need_more;
    if (too_much_beside_body(waits ? bytes.size() : 0)) return refuse(431);
    if (waits) return Progress::more;
    if (ec == beast::error::body_limit) return refuse(413);
    if (ec == beast::error::header_limit) return refuse(431);
    if (ec) return refuse(400);
    if (used == 0) break;
  }
  if (!parser.is_done()) return Progress::more;
  if (fields_in(parser.get()) > header_fields_max) return refuse(431);
  return Progress::whole;
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

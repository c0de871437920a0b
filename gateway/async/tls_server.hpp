// TlsServer: our own certificate, and streams to those who connect to us.
//
// Place:  server -> TLS SERVER -> Stream.
// Thread: core only.
// Time:   the handshake is part of the first read and of its limit.
// Errors: open() says which file cannot be used and why. Files that have changed are read again at
//         the next connection; if they are unusable then, the certificate before stays in use.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "gateway/async/stream.hpp"

namespace boost::asio::ssl {
class context;
}

namespace siaga {

class TlsServer {
 public:
  static Result<std::unique_ptr<TlsServer>> open(std::string cert_file, std::string key_file);
  std::unique_ptr<Stream> accept(boost::asio::ip::tcp::socket socket);

 private:
  using Time = std::filesystem::file_time_type;
  TlsServer(std::string cert_file, std::string key_file);
  Result<void> load();
  Time newest() const;

  std::string cert_file_, key_file_;
  Time loaded_{};  // as new as the files were
  std::shared_ptr<boost::asio::ssl::context> context_;
};

}  // namespace siaga

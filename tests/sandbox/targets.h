// What a hostile converter aims at: a knowledge base with a document, files beside it, a process
// and listeners of others. The fixture runs one attack through the real program and looks at the
// rest.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/real_program.h"
#include "kit/paths.h"

namespace sluice::test {

// A listening socket that is closed with the object.
class Listener {
 public:
  explicit Listener(int socket) : socket_(socket) {}
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener();
  static std::unique_ptr<Listener> internet(int type);
  static std::unique_ptr<Listener> unix_path(const std::string& path);
  static std::unique_ptr<Listener> abstract(const std::string& name);
  std::string port() const;
  // True if somebody connected or sent something.
  bool was_reached() const;

 private:
  int socket_;
};

class Escape : public RealProgram {
 protected:
  Escape();

  enum class Sandbox { kOn, kOff };
  struct Outcome {
    Json doc;          // its doc object
    std::string text;  // the Markdown's one line, if it was committed
    Finished run;

    bool succeeded() const { return text.find(" succeeded") != std::string::npos; }
    bool denied() const { return text.find(" denied: ") != std::string::npos; }
    bool is_violation() const {
      return doc["result"] == "failed" && doc["reason"] == "sandbox-violation";
    }
  };
  // Adds a document with that attack between two good ones, and checks that those are committed and
  // that nothing else has changed in the knowledge base.
  Outcome attack(const std::string& name, Sandbox sandbox,
                 const std::string& extension = "hostile");
  // The document's text.
  std::string order(const std::string& name) const;
  static std::string plugins() { return test::build_folder() + "/tests/sandbox-plugins"; }

  bool victim_lives() { return victim_.is_running(); }
  // What the attacks on files aim at is as it was, and nothing was planted.
  void expect_untouched() const;

  Running victim_{{"/bin/sleep", "100"}};
  std::unique_ptr<Listener> tcp_ = Listener::internet(1);
  std::unique_ptr<Listener> udp_ = Listener::internet(2);
  std::unique_ptr<Listener> unix_;
  std::unique_ptr<Listener> abstract_;
  std::string abstract_name_;
};

}  // namespace sluice::test

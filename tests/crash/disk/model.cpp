#include "crash/disk/model.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <stdexcept>
#include <string_view>

namespace sluice::crash {
namespace {

constexpr int kRandomLosses = 6;

std::set<Node> directories_of(const Op& op) {
  std::set<Node> directories;
  for (const Op::Name& name : op.names) directories.insert(name.directory);
  return directories;
}

using Name = std::pair<Node, std::string>;  // in a directory

bool touches(const Op& op, const std::set<Name>& names) {
  return std::any_of(op.names.begin(), op.names.end(), [&names](const Op::Name& name) {
    return names.contains({name.directory, name.name});
  });
}
void add_names(const Op& op, std::set<Name>& names) {
  for (const Op::Name& name : op.names) names.insert({name.directory, name.name});
}

void write_bytes(std::string& file, std::uint64_t offset, std::string_view bytes) {
  if (file.size() < offset + bytes.size()) file.resize(offset + bytes.size(), '\0');
  file.replace(offset, bytes.size(), bytes);
}

void write(std::string& file, const Op& op, Fate fate) {
  const std::string_view bytes = op.bytes;
  const std::size_t half = bytes.size() / 2;
  switch (fate) {
    case Fate::kLost:
      return;
    case Fate::kFirstHalf:
      return write_bytes(file, op.offset, bytes.substr(0, half));
    case Fate::kSecondHalf:
      return write_bytes(file, op.offset + half, bytes.substr(half));
    case Fate::kZeros:
      return write_bytes(file, op.offset, std::string(bytes.size(), '\0'));
    case Fate::kKept:
      return write_bytes(file, op.offset, bytes);
  }
}

// The files that operations have changed, until they are part of an image.
class Files {
 public:
  explicit Files(Image& image) : image_(image) {}
  ~Files() {
    for (auto& [node, bytes] : changed_) {
      image_.files[node] = std::make_shared<const std::string>(std::move(bytes));
    }
  }
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;

  std::string& operator[](Node node) {
    const auto [place, fresh] = changed_.try_emplace(node);
    const auto found = image_.files.find(node);
    if (fresh && found != image_.files.end()) place->second = *found->second;
    return place->second;
  }

 private:
  Image& image_;
  std::map<Node, std::string> changed_;
};

void apply(Image& image, Files& files, const Op& op, Fate fate) {
  switch (op.kind) {
    case Op::Kind::kWrite:
      write(files[op.node], op, fate);
      return;
    case Op::Kind::kResize:
      if (fate != Fate::kLost) files[op.node].resize(op.size, '\0');
      return;
    case Op::Kind::kNames:
      if (fate == Fate::kLost) return;
      for (const Op::Name& name : op.names) {
        if (name.leads_to == kNoNode) {
          image.directories[name.directory].erase(name.name);
        } else {
          image.directories[name.directory][name.name] = name.leads_to;
        }
      }
      return;
    default:
      return;
  }
}

bool is_directory(const Image& image, Node node) {
  return image.directories.contains(node) && !image.files.contains(node);
}

// Calls back with every path below a directory, its own before those in it. What a rename moved
// into itself by losing another is cut off.
void walk(const Image& image, Node node, const std::string& path, int depth,
          const std::function<void(const std::string& path, const std::string* bytes)>& visit) {
  if (depth > 32) return;
  for (const auto& [name, child] : image.directories.at(node)) {
    const std::string below = path + "/" + name;
    if (is_directory(image, child)) {
      visit(below, nullptr);
      walk(image, child, below, depth + 1, visit);
    } else {
      static const std::string kEmpty;
      const auto found = image.files.find(child);
      visit(below, found == image.files.end() ? &kEmpty : found->second.get());
    }
  }
}

}  // namespace

namespace {

// An operation that is not durable yet.
struct Open {
  std::size_t index;
  std::set<Node> directories;  // that are to be synced yet
};

void sync(const std::vector<Op>& ops, Node node, std::vector<Open>& open) {
  std::set<Name> durable;
  // From the last to the first: what came before on the same name is durable with it.
  for (auto waiting = open.rbegin(); waiting != open.rend(); ++waiting) {
    const Op& made = ops[waiting->index];
    if (made.kind != Op::Kind::kNames) continue;
    waiting->directories.erase(node);
    if (touches(made, durable)) waiting->directories.clear();
    if (waiting->directories.empty()) add_names(made, durable);
  }
  std::erase_if(open, [&](const Open& waiting) {
    const Op& made = ops[waiting.index];
    return made.kind == Op::Kind::kNames ? waiting.directories.empty() : made.node == node;
  });
}

}  // namespace

std::vector<std::size_t> DiskModel::pending(std::size_t cut) const {
  std::vector<Open> open;
  std::map<std::size_t, std::size_t> begun;  // where each sync of everything began
  for (std::size_t i = 0; i < cut; ++i) {
    const Op& op = recording_.ops[i];
    switch (op.kind) {
      case Op::Kind::kWrite:
      case Op::Kind::kResize:
      case Op::Kind::kNames:
        open.push_back({i, directories_of(op)});
        break;
      case Op::Kind::kBegin:
        begun[op.number] = i;
        break;
      case Op::Kind::kSyncAll:
        std::erase_if(open, [before = begun.at(op.number)](const Open& waiting) {
          return waiting.index < before;
        });
        break;
      case Op::Kind::kSync:
        sync(recording_.ops, op.node, open);
        break;
      case Op::Kind::kReport:
        break;
    }
  }
  std::vector<std::size_t> indices;
  for (const Open& waiting : open) indices.push_back(waiting.index);
  return indices;
}

std::string DiskModel::reported(std::size_t cut) const {
  std::string text;
  for (std::size_t i = 0; i < cut; ++i) {
    if (recording_.ops[i].kind == Op::Kind::kReport) text += recording_.ops[i].bytes;
  }
  return text;
}

Image DiskModel::image(std::size_t cut, const std::vector<std::size_t>& pending,
                       const Fates& fates) const {
  Image image = recording_.before;
  {
    Files files(image);
    std::size_t next = 0;
    std::set<Name> lost;
    for (std::size_t i = 0; i < cut; ++i) {
      const Op& op = recording_.ops[i];
      Fate fate = Fate::kKept;
      if (next < pending.size() && pending[next] == i) fate = fates[next++];
      // What built upon a change that was lost is lost with it.
      if (op.kind == Op::Kind::kNames && touches(op, lost)) fate = Fate::kLost;
      if (fate == Fate::kLost) add_names(op, lost);
      apply(image, files, op, fate);
    }
  }
  // Directories that a lost operation would have made are there, empty, for whoever leads to them.
  for (const Op& op : recording_.ops) {
    for (const Op::Name& name : op.names) {
      if (op.makes_directory) image.directories[name.leads_to];
    }
  }
  return image;
}

void each_loss(const DiskModel& model, const std::vector<std::size_t>& pending, std::uint64_t seed,
               const std::function<void(const Fates&)>& visit) {
  const std::size_t count = pending.size();
  const auto is_write = [&](std::size_t i) {
    return model.recording().ops[pending[i]].kind == Op::Kind::kWrite;
  };
  Fates fates(count, Fate::kKept);
  visit(fates);
  if (count == 0) return;
  for (std::size_t i = 0; i < count; ++i) {
    fates.assign(count, Fate::kKept);
    fates[i] = Fate::kLost;
    visit(fates);
    if (is_write(i)) {
      for (const Fate fate : {Fate::kFirstHalf, Fate::kSecondHalf, Fate::kZeros}) {
        fates[i] = fate;
        visit(fates);
      }
    }
    fates.assign(count, Fate::kLost);
    fates[i] = Fate::kKept;
    visit(fates);
    // Everything before this one, and nothing from it on.
    std::fill(fates.begin(), fates.begin() + static_cast<std::ptrdiff_t>(i), Fate::kKept);
    fates[i] = Fate::kLost;
    visit(fates);
  }
  for (const auto& [of_writes, of_others] :
       {std::pair(Fate::kLost, Fate::kKept), std::pair(Fate::kZeros, Fate::kKept),
        std::pair(Fate::kFirstHalf, Fate::kKept), std::pair(Fate::kKept, Fate::kLost)}) {
    for (std::size_t i = 0; i < count; ++i) fates[i] = is_write(i) ? of_writes : of_others;
    visit(fates);
  }
  std::mt19937_64 random(seed);
  for (int round = 0; round < kRandomLosses; ++round) {
    for (std::size_t i = 0; i < count; ++i) {
      fates[i] = random() % 2 == 0                  ? Fate::kKept
                 : is_write(i) && random() % 4 == 0 ? Fate::kFirstHalf
                                                    : Fate::kLost;
    }
    visit(fates);
  }
}

std::uint64_t fingerprint(const Image& image) {
  std::uint64_t sum = 0;
  const auto mix = [&sum](std::string_view bytes) {
    sum = (sum ^ std::hash<std::string_view>()(bytes)) * 0x9E3779B97F4A7C15ULL;
    sum ^= sum >> 29;
  };
  walk(image, kRootNode, "", 0, [&](const std::string& path, const std::string* bytes) {
    mix(path);
    mix(bytes == nullptr ? std::string_view("/") : std::string_view(*bytes));
  });
  return sum;
}

void materialize(const Image& image, const std::string& path) {
  ::mkdir(path.c_str(), 0755);
  walk(image, kRootNode, path, 0, [](const std::string& below, const std::string* bytes) {
    if (bytes == nullptr) {
      ::mkdir(below.c_str(), 0755);
      return;
    }
    const int file = ::open(below.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    const bool done =
        file >= 0 && ::write(file, bytes->data(), bytes->size()) == std::ssize(*bytes);
    if (file >= 0) ::close(file);
    if (!done) throw std::runtime_error("cannot make " + below);
  });
}

}  // namespace sluice::crash

// Where Markdown that OpenKB wrote links to the pictures of its document. OpenKB writes the file's
// name as it is, with blanks and parentheses in it: no Markdown parser would find these links. So
// each place that may be one is compared with the names of the files that there are.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::openkb {

struct PictureLink {
  std::size_t begin = 0;  // of the destination, as a byte offset
  std::size_t end = 0;
  std::size_t picture = 0;
};

// Which picture has that file name.
using FindPicture = std::function<std::optional<std::size_t>(const std::string& file_name)>;

// The links to pictures of the document `doc_name` in order, from the Markdown's own folder
// ("images/report/1.png"), or from the folder wiki/ ("sources/images/report/1.png"). Those in code
// stay as they are.
std::vector<PictureLink> find_picture_links(std::string_view markdown, std::string_view doc_name,
                                            const FindPicture& find);

}  // namespace sluice::openkb

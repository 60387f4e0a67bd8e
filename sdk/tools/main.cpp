// sluice-sdk: makes, checks and packs converter plugins. CLI11 stays in this file.
#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>

#include "platform/error.h"
#include "tools/commands.h"

namespace {

using namespace sluice::tool;

struct Arguments {
  NewArguments make_new;
  DescribeArguments describe;
  ValidateArguments validate;
  FuzzArguments fuzz;
  BenchArguments bench;
  PackageArguments package;
  int exit_code = 0;
};

void add_json(CLI::App* command, Format& format) {
  command->add_flag_callback(
      "--json", [&format] { format = Format::kJson; }, "Print JSON");
}

void add_new(CLI::App& app, Arguments& all) {
  CLI::App* command =
      app.add_subcommand("new", "Makes a plugin that builds, passes its tests and converts");
  command->add_option("name", all.make_new.name, "Its id, and the folder that is made")->required();
  command->add_option("--language", all.make_new.language, "c or c++")
      ->check(CLI::IsMember({"c", "c++"}))
      ->type_name("LANGUAGE");
  command
      ->add_option("--format", all.make_new.extension, "The file name extension of its documents")
      ->type_name("EXTENSION");
  command->callback([&all] { all.exit_code = make_new(all.make_new); });
}

void add_describe(CLI::App& app, Arguments& all) {
  CLI::App* command = app.add_subcommand(
      "describe", "Prints the ids, versions and converters of a library; runs its entry");
  command->add_option("library", all.describe.library, "The library, or its folder")->required();
  add_json(command, all.describe.format);
  command->callback([&all] { all.exit_code = describe(all.describe); });
}

void add_validate(CLI::App& app, Arguments& all) {
  ValidateArguments& to = all.validate;
  CLI::App* command =
      app.add_subcommand("validate", "Tests a plugin, each test in a process of its own");
  command->add_option("folder", to.folder, "The plugin's folder, with plugin.toml and the library");
  command->add_option("--samples", to.samples, "A folder of documents that it converts")
      ->type_name("DIR");
  command->add_option("--test", to.tests, "This test alone; repeatable")
      ->type_name("ID")
      ->allow_extra_args(false);
  command->add_option("--seed", to.seed, "Of what is random")->type_name("N");
  command->add_option("--timeout", to.patience, "For one test")->type_name("SECONDS");
  command->add_flag("--quiet", to.quiet, "Print failures alone");
  command->add_flag("--output", to.show_output, "Show what the plugin prints and logs");
  command->add_flag("--list", to.list, "List the tests");
  add_json(command, to.format);
  command->callback([&all] { all.exit_code = validate(all.validate); });
}

void add_fuzz(CLI::App& app, Arguments& all) {
  FuzzArguments& to = all.fuzz;
  CLI::App* command =
      app.add_subcommand("fuzz", "Converts damaged samples, and keeps those that break it");
  command->add_option("plugin", to.plugin, "The plugin's folder or library")->required();
  command->add_option("--samples", to.samples, "A folder of documents to damage")->type_name("DIR");
  command->add_option("--seed", to.seed, "The same seed, the same documents")->type_name("N");
  command->add_option("--runs", to.runs, "How many documents")->type_name("N");
  command->add_option("--timeout", to.patience, "For one document")->type_name("SECONDS");
  command->add_option("--keep", to.keep, "Where to write what breaks it")->type_name("DIR");
  command->callback([&all] { all.exit_code = fuzz(all.fuzz); });
}

void add_bench(CLI::App& app, Arguments& all) {
  BenchArguments& to = all.bench;
  CLI::App* command = app.add_subcommand("bench", "Measures time and memory of each sample");
  command->add_option("plugin", to.plugin, "The plugin's folder or library")->required();
  command->add_option("--samples", to.samples, "A folder of documents")
      ->required()
      ->type_name("DIR");
  command->add_option("--runs", to.runs, "Of each document")
      ->type_name("N")
      ->check(CLI::Range(1, 100'000));
  add_json(command, to.format);
  command->callback([&all] { all.exit_code = bench(all.bench); });
}

void add_package(CLI::App& app, Arguments& all) {
  CLI::App* command = app.add_subcommand("package", "Packs a plugin for `sluice plugin install`");
  command->add_option("folder", all.package.folder, "The plugin's folder")->required();
  command->add_option("-o,--output-file", all.package.output, "Instead of ID-VERSION.tar")
      ->type_name("FILE");
  command->callback([&all] { all.exit_code = package(all.package); });
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Makes, checks and packs converter plugins of Sluice");
  app.set_version_flag("--version", "sluice-sdk " SLUICE_VERSION);
  app.require_subcommand(1);
  app.footer(
      "Exit codes: 0 done, 1 something is wrong with the plugin, 2 usage, 77 the one test was left "
      "out.\n"
      "The manual is sluice-sdk(1) and share/doc/sluice-sdk.");
  Arguments all;
  add_new(app, all);
  add_describe(app, all);
  add_validate(app, all);
  add_fuzz(app, all);
  add_bench(app, all);
  add_package(app, all);
  try {
    app.parse(argc, argv);
    return all.exit_code;
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  } catch (const sluice::Error& error) {
    std::cerr << "error: " << error.what() << "\n";
    if (!error.next().empty()) std::cerr << "  try: " << error.next() << "\n";
    return error.exit_code() == sluice::ExitCode::kUsage ? 2 : 1;
  } catch (const std::exception& error) {
    std::cerr << "error: " << error.what() << "\n";
    return 1;
  }
}

# Completion of sluice for fish. The program says what fits the word that is written.
function __sluice_complete
    set -l words (commandline -opc)
    set -l written (commandline -ct)
    set -l program (string replace -r '^~' $HOME $words[1])
    set -l answer ($program complete -- $words[2..] "$written" 2>/dev/null)
    test (count $answer) -gt 0; or return
    for line in $answer[2..]
        echo $line
    end
    set -l front (string match -r '^--[^=]*=' -- "$written")
    set -l path (string replace -r '^--[^=]*=' '' -- "$written")
    switch $answer[1]
        case files
            for line in (__fish_complete_path "$path")
                echo "$front$line"
            end
        case folders
            for line in (__fish_complete_directories "$path")
                echo "$front$line"
            end
    end
end

complete -c sluice -f -a '(__sluice_complete)'

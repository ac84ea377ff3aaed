package org.sallyport.app.cli;

import picocli.CommandLine.Command;

@Command(name = "share", description = "What others can get from this computer: allow folders, share files in them, stop it.", subcommands = {
    ShareFolderCommand.Allow.class, ShareFolderCommand.Disallow.class, ShareAddCommand.class, ShareListCommand.class, ShareStopCommand.class,
    ShareExamineCommand.class})
final class ShareCommand { }

; The installer for Windows, by Inno Setup 6, from the project's root:
;
;   ISCC /DVersion=1.2.3 packaging\windows\backprop-gui.iss
;
; Packs dist\backprop-gui, with the icon build\icons\backprop-gui.ico, to
; dist\Backprop-VERSION-setup.exe.

#ifndef Version
  #error Say which version: ISCC /DVersion=1.2.3 packaging\windows\backprop-gui.iss
#endif

[Setup]
; Never to be changed: by it Windows knows that a newer version replaces an older one.
AppId={{67EA1CC1-2974-4F34-B963-BEC42ED23C9D}
AppName=Backprop
AppVersion={#Version}
AppPublisher=The Backprop developers
VersionInfoVersion={#Version}
SourceDir=..\..
OutputDir=dist
OutputBaseFilename=Backprop-{#Version}-setup
SetupIconFile=build\icons\backprop-gui.ico
UninstallDisplayIcon={app}\backprop-gui.exe
UninstallDisplayName=Backprop
LicenseFile=LICENSE
WizardStyle=modern
Compression=lzma2
SolidCompression=yes

; For this person alone, into their own folder, without an administrator; /ALLUSERS asks for one.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=commandline
DefaultDirName={autopf}\Backprop
DisableProgramGroupPage=yes
; Qt 6.10 needs Windows 10 1809, and what is packed is 64-bit.
MinVersion=10.0.17763
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes

[Tasks]
Name: desktopicon; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked

[InstallDelete]
; A module that a newer version no longer has must not be imported from the older one.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "dist\backprop-gui\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\Backprop"; Filename: "{app}\backprop-gui.exe"
Name: "{autodesktop}\Backprop"; Filename: "{app}\backprop-gui.exe"; Tasks: desktopicon

[Registry]
; HKA is HKEY_CURRENT_USER, or for all users HKEY_LOCAL_MACHINE. Undone from the last line up, so
; that a key is empty when its turn comes.
Root: HKA; Subkey: "Software\Classes\.backprop"; ValueType: string; ValueName: ""; ValueData: "Backprop.Experiment.1"; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\.backprop\OpenWithProgids"; ValueType: string; ValueName: "Backprop.Experiment.1"; ValueData: ""; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\Backprop.Experiment.1"; ValueType: string; ValueName: ""; ValueData: "Backprop experiment"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Backprop.Experiment.1\DefaultIcon"; ValueType: string; ValueName: ""; ValueData: "{app}\backprop-gui.exe,0"
Root: HKA; Subkey: "Software\Classes\Backprop.Experiment.1\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\backprop-gui.exe"" ""%1"""

[Run]
Filename: "{app}\backprop-gui.exe"; Description: "{cm:LaunchProgram,Backprop}"; Flags: nowait postinstall skipifsilent

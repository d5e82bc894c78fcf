using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// A build step: copies a 64-bit little-endian ELF file and marks one required symbol version weak
/// (VER_FLG_WEAK in .gnu.version_r), so that the dynamic linker loads the file without it.
/// </summary>
public class WeakenSymbolVersion : Task
{
    private const uint VersionNeeds = 0x6ffffffe; // SHT_GNU_verneed
    private const int WeakFlag = 2; // VER_FLG_WEAK

    [Required] public string Source { get; set; }
    [Required] public string Destination { get; set; }
    [Required] public string SymbolVersion { get; set; }

    public override bool Execute()
    {
        byte[] elf = File.ReadAllBytes(Source);
        if (elf.Length < 64 || elf[0] != 0x7f || elf[1] != 'E' || elf[4] != 2 || elf[5] != 1)
        {
            Log.LogError("{0} is not a 64-bit little-endian ELF file.", Source);
            return false;
        }
        int marked = MarkWeak(elf);
        Log.LogMessage("{0}: {1} entries of {2} marked weak.", Source, marked, SymbolVersion);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Destination)));
        string beside = Destination + ".part";
        File.WriteAllBytes(beside, elf);
        File.Delete(Destination);
        File.Move(beside, Destination);
        return true;
    }

    private int MarkWeak(byte[] elf)
    {
        long sections = BitConverter.ToInt64(elf, 0x28);
        int size = BitConverter.ToUInt16(elf, 0x3a), count = BitConverter.ToUInt16(elf, 0x3c), marked = 0;
        for (int i = 0; i < count; i++)
        {
            int header = (int)sections + i * size;
            if (BitConverter.ToUInt32(elf, header + 4) != VersionNeeds) continue;
            int strings = (int)sections + BitConverter.ToInt32(elf, header + 40) * size; // sh_link: names
            marked += MarkNeeds(elf, (int)BitConverter.ToInt64(elf, header + 24), (int)BitConverter.ToInt64(elf, strings + 24));
        }
        return marked;
    }

    // Elf64_Verneed: version, count (u16); file, first entry, next (u32). Elf64_Vernaux: hash (u32); flags, other (u16); name, next (u32).
    private int MarkNeeds(byte[] elf, int need, int names)
    {
        int marked = 0;
        while (true)
        {
            int entries = BitConverter.ToUInt16(elf, need + 2);
            for (int entry = need + BitConverter.ToInt32(elf, need + 8); entries > 0; entries--)
            {
                if (NameAt(elf, names + BitConverter.ToInt32(elf, entry + 8)) == SymbolVersion)
                {
                    elf[entry + 4] |= WeakFlag;
                    marked++;
                }
                entry += BitConverter.ToInt32(elf, entry + 12);
            }
            int next = BitConverter.ToInt32(elf, need + 12);
            if (next == 0) return marked;
            need += next;
        }
    }

    private static string NameAt(byte[] elf, int start)
    {
        return Encoding.ASCII.GetString(elf, start, Array.IndexOf(elf, (byte)0, start) - start);
    }
}

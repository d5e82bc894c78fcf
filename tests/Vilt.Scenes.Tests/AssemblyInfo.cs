using Vilt.Scenes.Tests;

[assembly: AssemblyFixture(typeof(DrawnZoo))]

import { fileNameOf } from './file-name';

const PNG = { extensions: ['png'] } as const;
const JPEG = { extensions: ['jpg', 'jpeg'] } as const;

describe('the name of a file', () => {
  it.each([
    ['Purse.png', 'Purse.png'],
    ['小红书 封面.PNG', '小红书 封面.PNG'],
    ['a.b.png', 'a.b.png'],
    ['👩‍🎤.png', '👩‍🎤.png'],
    ["d'été & co (1).png", "d'été & co (1).png"],
  ])('stays what it was: %s', (given, kept) => expect(fileNameOf(given, PNG)).toBe(kept));

  it.each([
    ['../../etc/passwd', 'passwd.png'],
    ['C:\\Users\\mika\\cover.png', 'cover.png'],
    ['/', 'file.png'],
    ['', 'file.png'],
    ['..', 'file.png'],
    ['.png', 'png.png'],
    ['.htaccess', 'htaccess.png'],
    ['name. . ', 'name.png'],
    ['a\u0000b\r\nX: y.png', 'abX_ y.png'],
    ['evil\u202Egnp.exe', 'evilgnp.exe.png'],
    ['zero\u200Bwidth\uFEFF.png', 'zerowidth.png'],
    ['half\uD83D.png', 'half.png'],
    ['what?<*>|".png', 'what______.png'],
  ])('is text and no path: %j', (given, kept) => expect(fileNameOf(given, PNG)).toBe(kept));

  it('ends in an extension of what the file is', () => {
    expect(fileNameOf('page.html', PNG)).toBe('page.html.png');
    expect(fileNameOf('photo.jpeg', JPEG)).toBe('photo.jpeg');
    expect(fileNameOf('photo.png', JPEG)).toBe('photo.png.jpg');
    expect(fileNameOf('photo', JPEG)).toBe('photo.jpg');
  });

  it('has 200 characters at most, its extension among them', () => {
    const name = fileNameOf(`${'长'.repeat(500)}.png`, PNG);
    expect(name).toBe(`${'长'.repeat(196)}.png`);
    expect([...fileNameOf(`${'👜'.repeat(300)}.exe`, PNG)]).toHaveLength(200);
  });
});

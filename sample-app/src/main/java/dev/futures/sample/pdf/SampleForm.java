// SPDX-License-Identifier: Apache-2.0
package dev.futures.sample.pdf;

import java.awt.Color;
import java.io.IOException;
import java.util.List;

import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.graphics.color.PDColor;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceRGB;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationWidget;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAppearanceCharacteristicsDictionary;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDTextField;

/**
 * A form with fields, some of them filled in.
 */
final class SampleForm {

    private static final List<String[]> FIELDS = List.of(new String[] { "Full name", "Adaeze Okafor" },
            new String[] { "Street", "4 Lighthouse Row" }, new String[] { "Town", "Harbour" },
            new String[] { "E-mail", "" }, new String[] { "Member since", "1998" }, new String[] { "Card number", "" });

    private SampleForm() {
    }

    static void write(PDDocument document) throws IOException {
        document.getDocumentInformation().setTitle("Membership form");
        PDAcroForm form = newForm(document);
        try (SampleCanvas canvas = new SampleCanvas(document)) {
            canvas.text(SampleCanvas.SANS_BOLD, 26, SampleCanvas.TEAL, SampleCanvas.MARGIN, 748, "Membership form");
            canvas.paragraph(SampleCanvas.SANS, 10, 720,
                    "Please fill in what applies and hand the form in at the desk.");
            float y = 660;
            for (String[] field : FIELDS) {
                canvas.text(SampleCanvas.SANS_BOLD, 10, SampleCanvas.INK, SampleCanvas.MARGIN, y, field[0]);
                addField(form, canvas.page(), y, field);
                canvas.rectangle(SampleCanvas.TEAL, 200, y - 13, 320, 3);
                y -= 58;
            }
            writeTickBoxes(canvas, y);
        }
    }

    private static void writeTickBoxes(SampleCanvas canvas, float top) throws IOException {
        float y = top;
        for (String label : List.of("Send me the newsletter", "I would like to volunteer")) {
            canvas.rectangle(SampleCanvas.TEAL, SampleCanvas.MARGIN, y - 5, 18, 18);
            canvas.rectangle(Color.WHITE, SampleCanvas.MARGIN + 3, y - 2, 12, 12);
            canvas.text(SampleCanvas.SANS, 11, SampleCanvas.INK, SampleCanvas.MARGIN + 30, y, label);
            y -= 28;
        }
        canvas.line(SampleCanvas.CORAL, 3, SampleCanvas.MARGIN + 4, top + 4, SampleCanvas.MARGIN + 8, top,
                SampleCanvas.MARGIN + 14, top + 8);
    }

    private static PDAcroForm newForm(PDDocument document) {
        PDResources resources = new PDResources();
        resources.put(COSName.HELV, new PDType1Font(SampleCanvas.SANS));
        PDAcroForm form = new PDAcroForm(document);
        form.setDefaultResources(resources);
        form.setDefaultAppearance("/Helv 12 Tf 0 g");
        document.getDocumentCatalog().setAcroForm(form);
        return form;
    }

    private static void addField(PDAcroForm form, PDPage page, float y, String[] labelAndValue) throws IOException {
        PDTextField field = new PDTextField(form);
        field.setPartialName(labelAndValue[0]);
        PDAnnotationWidget widget = field.getWidgets().get(0);
        widget.setRectangle(new PDRectangle(200, y - 10, 320, 28));
        widget.setPage(page);
        widget.setPrinted(true);
        widget.setAppearanceCharacteristics(background());
        page.getAnnotations().add(widget);
        form.getFields().add(field);
        field.setValue(labelAndValue[1]);
    }

    private static PDAppearanceCharacteristicsDictionary background() {
        PDAppearanceCharacteristicsDictionary look = new PDAppearanceCharacteristicsDictionary(new COSDictionary());
        look.setBackground(new PDColor(new float[] { 0.95f, 0.92f, 0.86f }, PDDeviceRGB.INSTANCE));
        return look;
    }

}
